import { recordsOf } from "../src/alerting/history/period.ts";
import { config } from "../src/config.ts";
import { silent } from "../src/core/progress.ts";
import { select } from "../src/logql/streams.ts";
import { judgeAll } from "../src/tools/backtest/judge.ts";
import { streamsOfHistory } from "./history.ts";
import { cpuOf } from "./pipeline/measure.ts";

/** The back-test: a month of runs judged by the five rules, beside one bare pass of JSON.parse over the same lines. */
const RUNS = Number(process.argv.find((text) => /^\d+$/.test(text)) ?? 100_000);
const DAYS = 30;
const NOW = Date.UTC(2026, 10, 27, 12);

const streams = streamsOfHistory(RUNS, DAYS * 24, NOW);
const lines = select(streams, []).flatMap(({ lines: all }) => all);
const pass = cpuOf(() => {
  for (const line of lines) JSON.parse(line);
});
const period = { from: NOW / 1000 - DAYS * 86_400, to: NOW / 1000 };
const question = { streams, records: recordsOf(streams)!, period };
const [from, start] = [process.cpuUsage(), Date.now()];
await judgeAll(config, { ...question, progress: silent });
const { user, system } = process.cpuUsage(from);
const [cpu, wall] = [(user + system) / 1e6, (Date.now() - start) / 1000];
console.log(
  `${RUNS.toLocaleString("en")} runs of ${DAYS} days, five rules: ${cpu.toFixed(1)} s of CPU, ${wall.toFixed(1)} s on the wall`,
);
console.log(
  `one pass of JSON.parse over the same lines: ${pass.toFixed(0)} ms; ratio ${((1000 * cpu) / pass).toFixed(0)}`,
);
console.log(`largest memory: ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
