import { formatInterval } from "./duration.ts";
import { ProofError } from "./errors.ts";
import type { Profile } from "./profile.ts";
import type { JudgedQuery } from "./rule.ts";

/** A LogQL query as Grafana's data source sends it; `from` and `to` are seconds before the evaluation, `step` milliseconds. */
export type LokiQuery = Readonly<{ expr: string; instant: boolean; step: number; from: number; to: number }>;

const RESOLUTIONS = [1, 2, 3, 4, 5, 10];
/** Loki's limit of points, which the step must respect. */
const POINTS = 11_000;

/** The step of a range query, in milliseconds; `maxDataPoints` has no part in it. Source: Grafana `pkg/tsdb/loki/step.go`. */
export const stepOf = (intervalMs: number, resolution: number, rangeSeconds: number): number =>
  Math.ceil(Math.max(Math.trunc(intervalMs) * resolution, (rangeSeconds * 1000) / POINTS));

/** Fills in `$__interval` and `$__range`. Source: `interpolateVariables` in Grafana's `pkg/tsdb/loki/parse_query.go`. */
function interpolated(expr: string, intervalMs: number, rangeSeconds: number): string {
  const values: Record<string, string> = {
    __interval: formatInterval(intervalMs),
    __interval_ms: String(intervalMs),
    __range: `${Math.round(rangeSeconds)}s`,
    __range_s: String(Math.round(rangeSeconds)),
    __range_ms: String(rangeSeconds * 1000),
  };
  return expr.replace(/\$(?:\{(__\w+)\}|(__(?:interval_ms|interval|range_ms|range_s|range)))/g, (whole, braced, plain) => values[braced ?? plain] ?? whole);
}

/** What Grafana asks Loki for a query of a rule. Source: Grafana `pkg/tsdb/loki/parse_query.go`. */
export function lokiQuery({ refId, model, relativeTimeRange: { from, to } }: JudgedQuery, profile: Profile): LokiQuery {
  if (model.step && profile.version !== "9.4") throw new ProofError(`the option "step" of query ${refId} is not supported`);
  const resolution = RESOLUTIONS.find((known) => known === model.resolution) ?? 1;
  const range = from - to;
  return {
    expr: interpolated(model.expr, model.intervalMs, range),
    instant: model.queryType === "instant",
    step: stepOf(model.intervalMs, resolution, range),
    from,
    to,
  };
}
