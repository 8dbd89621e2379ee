import { formatInterval } from "../core/durations.ts";
import { UserError } from "../core/errors.ts";
import { fillVariables } from "../logql/variables.ts";
import type { Profile } from "./profile.ts";
import type { JudgedQuery } from "./rule.ts";

/** A LogQL query as Grafana sends it; `from` and `to` are seconds before the evaluation, `step` milliseconds. */
export type LokiQuery = Readonly<{ expr: string; instant: boolean; step: number; from: number; to: number }>;

const RESOLUTIONS = [1, 2, 3, 4, 5, 10];
/** Loki's limit of points, which the step must respect. */
const POINTS = 11_000;

/** A range query's step in milliseconds; `maxDataPoints` has no part in it. */
export const stepOf = (
  rangeSeconds: number,
  { intervalMs, resolution }: Readonly<{ intervalMs: number; resolution: number }>,
): number => Math.ceil(Math.max(Math.trunc(intervalMs) * resolution, (rangeSeconds * 1000) / POINTS));

type Times = Readonly<{ range: number; interval: number; step: number; instant: boolean }>;

/**
 * Grafana's own variables in a query over times in milliseconds; as its documentation has it, `$__auto` is the step of
 * a range query, the whole range of an instant one.
 */
export function timeVariables({ range, interval, step, instant }: Times): ReadonlyMap<string, string> {
  const seconds = Math.round(range / 1000);
  return new Map([
    ["__auto", instant ? `${seconds}s` : formatInterval(step)],
    ["__interval", formatInterval(interval)],
    ["__interval_ms", `${interval}`],
    ["__range", `${seconds}s`],
    ["__range_s", `${seconds}`],
    ["__range_ms", `${range}`],
  ]);
}

/** What Grafana asks Loki for a query of a rule. */
export function lokiQuery({ refId, model, relativeTimeRange: { from, to } }: JudgedQuery, profile: Profile): LokiQuery {
  if (model.step && profile.version !== "9.4")
    throw new UserError(`the option "step" of query ${refId} is not supported; leave it out`);
  const resolution = RESOLUTIONS.find((one) => one === model.resolution) ?? 1;
  const rangeSeconds = from - to;
  const step = stepOf(rangeSeconds, { intervalMs: model.intervalMs, resolution });
  const instant = model.queryType === "instant";
  const variables = timeVariables({ range: rangeSeconds * 1000, interval: model.intervalMs, step, instant });
  const expr = fillVariables(model.expr, ({ name }) => variables.get(name)).text;
  return { expr, instant, step, from, to };
}
