import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { inProcess } from "../src/alerting/in-process.ts";
import { judge } from "../src/alerting/judge.ts";
import { PINNED, profileOf } from "../src/alerting/profile.ts";
import { outagesOf, type Scenario } from "../src/alerting/scenario.ts";
import type { RuleName } from "../src/alerts/rule.ts";
import type { Query } from "../src/logql/ast.ts";
import { logsOf } from "../src/logql/ast.ts";
import { evaluateInstant, evaluateRange } from "../src/logql/evaluate/evaluate.ts";
import { evaluateLogs } from "../src/logql/evaluate/logs.ts";
import { parse } from "../src/logql/parse/parse.ts";
import { type Streams, select } from "../src/logql/streams.ts";
import { recorded } from "../tests/logql/equal.ts";
import { builtQueries, stepOver, substitute } from "../tests/support/built.ts";
import { scenarioCase, scenarios } from "../tests/support/scenarios.ts";
import { fill, streamsOfHistory } from "./history.ts";
import { cpuOf, median } from "./pipeline/measure.ts";

/**
 * The whole of `npm test`, then the language in process: parsing, the alert scenarios, and every generated query over
 * runs of a day beside one bare pass of JSON.parse over the lines that it selects; with `--loki URL`, beside a running
 * Loki with the same lines.
 */
const { values: flags, positionals } = parseArgs({ options: { loki: { type: "string" } }, allowPositionals: true });
const RUNS = Number(positionals[0] ?? 1_000_000);
const HOURS = 24;
const REPEATS = 3;
const DAY = HOURS * 3_600_000_000_000;
const TENANT = `bench-${process.pid}`;

/** Microseconds of one short piece of work, the median of some rounds. */
function microseconds(work: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < 7; round++) {
    const from = performance.now();
    work();
    times.push((performance.now() - from) * 1000);
  }
  return median(times);
}

function parsing(): void {
  const files = ["runs", "language", "compositions"];
  const accepted = files
    .flatMap((name) => recorded(name).cases)
    .flatMap(({ query }) => {
      try {
        parse(query);
        return [query];
      } catch {
        return [];
      }
    });
  for (let round = 0; round < 3; round++) for (const query of accepted) parse(query);
  const costs = accepted.map((query) => (microseconds(() => parse(query)) * 100) / query.length);
  console.log(
    `parsing ${accepted.length} queries: ${median(costs).toFixed(1)} µs per 100 characters (median; compiled expressions and templates are kept)`,
  );
}

/** One bare pass over every line that the query's selectors select, each line once. */
function floorOf(query: Query, streams: Streams): number {
  const chosen = new Set(logsOf(query).flatMap(({ matchers }) => select(streams, matchers)));
  return cpuOf(() => {
    for (const { lines } of chosen) for (const line of lines) JSON.parse(line);
  });
}

function evaluate(query: Query, streams: Streams, { asked, step }: Readonly<{ asked: string; step: number }>): unknown {
  if (query.kind === "logs")
    return evaluateLogs(query, streams, { start: -DAY, end: 0, limit: 1000, direction: "backward" });
  return asked === "range"
    ? evaluateRange(query, streams, { start: -DAY, end: 0, step: step * 1e9 })
    : evaluateInstant(query, streams, { at: 0 });
}

/** Milliseconds that each scenario of the rules takes: all moments of its timeline, from its lines to its states. */
async function judging(): Promise<void> {
  const costs: number[] = [];
  for (const rule of Object.keys(scenarios) as RuleName[])
    for (const [name, scenario] of Object.entries<Scenario>(scenarios[rule])) {
      const input = scenarioCase(rule, name, scenario);
      const rounds: number[] = [];
      for (let round = 0; round < 5; round++) {
        const from = performance.now();
        await judge(input, inProcess, { profile: profileOf(PINNED), outages: outagesOf(scenario) });
        rounds.push(performance.now() - from);
      }
      costs.push(median(rounds));
    }
  console.log(
    `judging ${costs.length} alert scenarios: ${median(costs).toFixed(1)} ms each (median), ${Math.max(...costs).toFixed(1)} ms at most`,
  );
}

/** Seconds of every proof at once, as a newcomer runs them. */
function proving(): void {
  const from = performance.now();
  const { status } = spawnSync("npm", ["test"], { stdio: "ignore" });
  if (status !== 0) process.exitCode = 1;
  const seconds = ((performance.now() - from) / 1000).toFixed(0);
  console.log(
    `npm test: ${status === 0 ? "passed" : "failed"} in ${seconds} s on ${availableParallelism()} cores, Node ${process.versions.node}`,
  );
}

/** Milliseconds until a running Loki has answered, the median of some rounds. */
async function lokiTime(
  url: string,
  expr: string,
  { asked, end, step }: Readonly<{ asked: string; end: number; step: number }>,
): Promise<string> {
  const isRange = asked === "range" || expr.startsWith("{");
  const moment: Record<string, string> = isRange
    ? { start: `${end - HOURS * 3_600_000}000000`, end: `${end}000000`, step: String(step), limit: "1000" }
    : { time: `${end}000000` };
  const address = `${url}/loki/api/v1/${isRange ? "query_range" : "query"}?${new URLSearchParams({ query: expr, ...moment })}`;
  const rounds: number[] = [];
  for (let round = 0; round < REPEATS; round++) {
    const from = performance.now();
    const response = await fetch(address, { headers: { "x-scope-orgid": TENANT } });
    await response.text();
    if (!response.ok) return "refused";
    rounds.push(performance.now() - from);
  }
  return median(rounds).toFixed(0);
}

const memory = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

proving();
parsing();
await judging();
const empty = memory();
// A running Loki takes lines of about now only.
const end = flags.loki === undefined ? Date.UTC(2026, 10, 27, 12) : Date.now();
const streams = streamsOfHistory(RUNS, HOURS, end);
const bytes = streams.streams.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.length, 0);
const held = memory() - empty;
console.log(
  `${RUNS.toLocaleString("en")} runs, ${(bytes / 1e6).toFixed(0)} MB of lines, held in ${(held / bytes).toFixed(2)} × their bytes`,
);
if (flags.loki !== undefined) {
  await fill(flags.loki, TENANT, RUNS, HOURS, end);
  await fetch(`${flags.loki}/flush`, { method: "POST" });
  await sleep(30_000);
}
console.log(
  `${"query".padEnd(34)} ${"CPU ms".padStart(7)} ${"JSON.parse ms".padStart(14)} ${"ratio".padStart(6)}${flags.loki === undefined ? "" : "    Loki ms"}`,
);
const floors = new Map<string, number>();
let worst = 0;
for (const built of builtQueries()) {
  const { where, expr, asked } = built;
  if (asked === "values") continue;
  const step = stepOver(built, HOURS);
  const filled = substitute(expr, { auto: `${step}s`, range: `${HOURS}h`, to: end });
  const query = parse(filled);
  const selectors = JSON.stringify(
    logsOf(query).map(({ matchers }) => matchers.map(({ label, op, value }) => [label, op, value])),
  );
  const floor = floors.get(selectors) ?? floorOf(query, streams);
  floors.set(selectors, floor);
  evaluate(query, streams, { asked, step });
  const ms = cpuOf(() => evaluate(query, streams, { asked, step }));
  const theirs =
    flags.loki === undefined ? "" : (await lokiTime(flags.loki, filled, { asked, end, step })).padStart(11);
  // A selector that selects nothing has no pass to be measured against.
  if (floor >= 1) worst = Math.max(worst, ms / floor);
  console.log(
    `${where.padEnd(34)} ${ms.toFixed(0).padStart(7)} ${floor.toFixed(0).padStart(14)} ${(ms / floor).toFixed(2).padStart(6)}${theirs}`,
  );
}
console.log(
  `worst: ${worst.toFixed(2)} × one pass of JSON.parse · memory at most ${((memory() - empty) / bytes).toFixed(2)} × the lines' bytes`,
);
