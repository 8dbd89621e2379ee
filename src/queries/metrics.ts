import { longestSilence } from "../core/config/checks.ts";
import type { Config } from "../core/config/schema.ts";
import { type Duration, seconds, type Unit } from "../core/units.ts";
import { columns, INVALID, type LabelName } from "../schema.ts";
import type { Matcher, Metric, Mode } from "./ast.ts";
import { type Context, equals, logs, noneOf, over } from "./logql/logs.ts";
import * as logql from "./logql/metrics.ts";
import { isRun, records } from "./records.ts";

/** A metric of the product: what it measures, in which unit, whatever the window, the scope and the grouping. */
export type Measured<U extends Unit> = <M extends Mode>(at: Context<M>, by: readonly LabelName[]) => Metric<U, M>;

const succeeded = equals("etat", "SUCCESS");
const lines = <M extends Mode>(at: Context<M>, ...matchers: Matcher<"literal">[]) => logs(at, [records, ...matchers]);

const counted =
  (inState: Matcher<"literal">): Measured<"locale"> =>
  (at, by) =>
    logql.count(lines(at, inState), { ...at, by });
/** Runs are records that succeeded or failed; INVALID lines are none. */
export const runCount = counted(isRun);
export const successes = counted(succeeded);
export const failures = counted(equals("etat", "FAILED"));
/** Lines that are no valid record, and no run. */
export const unreadable = counted(equals("etat", INVALID));

/** Failed ÷ runs: 0 when none failed, no series when nothing ran (never 0 ÷ 0). */
export const failureRate: Measured<"percentunit"> = (at, by) =>
  logql.ratio(logql.orZeroOf(failures(at, by), runCount(at, by)), runCount(at, by));
/** Succeeded ÷ runs, as 1 minus the failure rate: that reads the few failures instead of the many successes. */
export const successRate: Measured<"percentunit"> = (at, by) => logql.complement(failureRate(at, by));

export const duration =
  (quantile: number): Measured<"s"> =>
  (at, by) =>
    logql.quantile(lines(at, isRun), columns.duree_s, { ...at, by, q: quantile });
export const maxCpu: Measured<"s"> = (at, by) => logql.max(lines(at, isRun), columns.cpu_s, { ...at, by });
export const maxMemory: Measured<"decbytes"> = (at, by) =>
  logql.max(lines(at, isRun), columns.memoire_octets, { ...at, by });

/** MTTR: the mean time from a first failure to the next success of the same object, over the repairs of the window. */
export const meanRepair: Measured<"s"> = (at, by) =>
  logql.average(lines(at, succeeded), columns.retablissement_s, { ...at, by });

/** Runs per the given time, at any step. */
export const throughput =
  (per: Duration): Measured<"short"> =>
  (at, by) =>
    logql.times(logql.rate(lines(at, isRun), { ...at, by }), per.value);

/** Time since the last run that the window saw. */
export const sinceLastRun = (at: Context<"variable">, by: readonly LabelName[]): Metric<"s", "variable"> =>
  logql.age(lines(at, isRun), { ...at, by });

/**
 * The maximum silence, in seconds, of each source that exceeded its own: every expected source,
 * any other one seen lately unless it is retired, and (a series without source) everything at once.
 */
export function silence({ expected, retired, maxSilence, memory }: Config["sources"]): Metric<"s", "literal"> {
  const missing = (limit: Duration, ...source: Matcher<"literal">[]) =>
    logql.absent(lines(over(limit), isRun, ...source), over(limit), limit);
  const declared = [...expected.map(({ source }) => source), ...retired];
  const undeclared = (window: Duration) =>
    logql.count(lines(over(window), isRun, noneOf("source", declared)), {
      ...over(window),
      by: ["source"],
    });
  const parts = [
    ...expected.map(({ source, maxSilence: own = maxSilence }) => missing(own, equals("source", source))),
    logql.valued(logql.unless(undeclared(memory), undeclared(maxSilence)), maxSilence),
    missing(maxSilence),
  ];
  return logql.sum(parts.reduce(logql.or), ["source"]);
}

/** How far back rule 3 looks, for its `relativeTimeRange`. */
export const silenceLookback = (sources: Config["sources"]): Duration =>
  seconds(Math.max(sources.memory.value, longestSilence(sources)));
