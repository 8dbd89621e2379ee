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

type Times = Readonly<{ intervalMs: number; step: number; rangeSeconds: number; instant: boolean }>;

/**
 * Fills in `$__interval`, `$__range` and, as Grafana's documentation has it, `$__auto`: the step of a range query, the
 * whole range of an instant one.
 */
function interpolated(expr: string, { intervalMs, step, rangeSeconds, instant }: Times): string {
  const values: Record<string, string> = {
    __auto: instant ? `${Math.round(rangeSeconds)}s` : formatInterval(step),
    __interval: formatInterval(intervalMs),
    __interval_ms: String(intervalMs),
    __range: `${Math.round(rangeSeconds)}s`,
    __range_s: String(Math.round(rangeSeconds)),
    __range_ms: String(rangeSeconds * 1000),
  };
  return fillVariables(expr, ({ name }) => (Object.hasOwn(values, name) ? values[name] : undefined)).text;
}

/** What Grafana asks Loki for a query of a rule. */
export function lokiQuery({ refId, model, relativeTimeRange: { from, to } }: JudgedQuery, profile: Profile): LokiQuery {
  if (model.step && profile.version !== "9.4")
    throw new UserError(`the option "step" of query ${refId} is not supported; leave it out`);
  const resolution = RESOLUTIONS.find((one) => one === model.resolution) ?? 1;
  const rangeSeconds = from - to;
  const step = stepOf(rangeSeconds, { intervalMs: model.intervalMs, resolution });
  const instant = model.queryType === "instant";
  const expr = interpolated(model.expr, { intervalMs: model.intervalMs, step, rangeSeconds, instant });
  return { expr, instant, step, from, to };
}
