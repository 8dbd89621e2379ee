import { recordsOf } from "../src/alerting/history/period.ts";
import { config } from "../src/config.ts";
import { silent } from "../src/core/progress.ts";
import { type Streams, select, streamsOf } from "../src/logql/streams.ts";
import { judgeAll } from "../src/tools/backtest/judge.ts";
import { history } from "./history.ts";

/** The back-test: a month of runs judged by the five rules, beside one bare pass of JSON.parse over the same lines. */
const RUNS = Number(process.argv.find((text) => /^\d+$/.test(text)) ?? 100_000);
const DAYS = 30;
const NOW = Date.UTC(2026, 10, 27, 12);

function month(): Streams {
  const parts = new Map<string, { labels: Record<string, string>; entries: [number, string][] }>();
  for (const { time, labels, line } of history(RUNS, DAYS * 24, NOW)) {
    const key = JSON.stringify(labels);
    const part = parts.get(key) ?? { labels, entries: [] };
    parts.set(key, part);
    part.entries.push([(time - NOW) * 1e6, line]);
  }
  return streamsOf(BigInt(NOW) * 1_000_000n, [...parts.values()]);
}

/** Seconds of this process's own CPU, and on the wall. */
async function measured(work: () => unknown): Promise<Readonly<{ cpu: number; wall: number }>> {
  const [from, start] = [process.cpuUsage(), Date.now()];
  await work();
  const { user, system } = process.cpuUsage(from);
  return { cpu: (user + system) / 1e6, wall: (Date.now() - start) / 1000 };
}

const streams = month();
const lines = select(streams, []).flatMap(({ lines: all }) => all);
const passes = [];
for (let round = 0; round < 3; round++)
  passes.push(
    (
      await measured(() => {
        for (const line of lines) JSON.parse(line);
      })
    ).cpu,
  );
const pass = passes.toSorted((a, b) => a - b)[1]!;
const period = { from: NOW / 1000 - DAYS * 86_400, to: NOW / 1000 };
const question = { streams, records: recordsOf(streams)!, period };
const whole = await measured(() => judgeAll(config, { ...question, progress: silent }));
console.log(
  `${RUNS.toLocaleString("en")} runs of ${DAYS} days, five rules: ${whole.cpu.toFixed(1)} s of CPU, ${whole.wall.toFixed(1)} s on the wall`,
);
console.log(
  `one pass of JSON.parse over the same lines: ${(pass * 1000).toFixed(0)} ms; ratio ${(whole.cpu / pass).toFixed(0)}`,
);
console.log(`largest memory: ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
