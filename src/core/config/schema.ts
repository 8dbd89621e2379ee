import type * as zod from "zod";
import { z } from "../libraries.ts";
import type { Duration, Quantity, Unit } from "../units.ts";
import { isZone } from "../zones.ts";
import { kubernetes } from "./kubernetes.ts";

const EXAMPLES: Readonly<Record<Unit, string>> = {
  s: "seconds(10)",
  decbytes: "megabytes(150)",
  percentunit: "percent(2)",
  locale: "runs(1)",
  short: "runs(1)",
};
/** A number with its unit; of a bare number it says so, since that is the commonest fault. */
const measured = <U extends Unit>(value: zod.ZodType<number>, unit: U) =>
  z
    .strictObject(
      { value, unit: z.literal(unit) },
      {
        error: ({ code, input }) =>
          code === "invalid_type" && input !== undefined ? `give it its unit, such as ${EXAMPLES[unit]}` : undefined,
      },
    )
    .readonly() satisfies zod.ZodType<Quantity<U>>;
const quantity = <U extends Unit>(unit: U) => measured(z.number().positive(), unit);
const wholeSeconds = (minimum: number) => measured(z.int().min(minimum), "s") satisfies zod.ZodType<Duration>;
const duration = wholeSeconds(1);
const tenSeconds = duration.refine(({ value }) => value % 10 === 0, {
  error: "must be a multiple of 10 s, or Grafana does not start",
});
const wholeRuns = measured(z.int().min(1), "locale");
const severity = z.enum(["critical", "warning"]);
const evaluation = { for: wholeSeconds(0), every: tenSeconds, severity };
const sourceName = z.string().regex(/^\S(.*\S)?$/, { error: "must be a name without blanks around it" });
const notification = z.strictObject({ wait: wholeSeconds(0), repeat: duration, interval: duration }).readonly();

export const shape = z.strictObject({
  sources: z.strictObject({
    expected: z
      .array(z.strictObject({ source: sourceName, maxSilence: duration.optional() }).readonly())
      .min(1)
      .readonly(),
    retired: z.array(sourceName).readonly(),
    maxSilence: duration,
    memory: duration,
  }),
  rules: z.strictObject({
    "1-echec-detecte": z.strictObject({ failures: wholeRuns, window: duration, ...evaluation }),
    "2-taux-echec-eleve": z.strictObject({
      rate: quantity("percentunit").refine(({ value }) => value < 1, { error: "must be below 100 %" }),
      window: duration,
      ...evaluation,
    }),
    "3-source-muette": z.strictObject(evaluation),
    "4-latence-degradee": z.strictObject({ p95: quantity("s"), window: duration, ...evaluation }),
    "5-surconsommation-ressources": z.strictObject({
      memory: quantity("decbytes"),
      cpu: quantity("s"),
      window: duration,
      ...evaluation,
    }),
  }),
  notifications: z.strictObject({ critical: notification, warning: notification }),
  deliveryDelay: wholeSeconds(0),
  retention: duration,
  dashboards: z.strictObject({
    range: duration,
    refresh: duration,
    throughputStep: duration,
    percentileStep: duration,
    timezone: z.string().refine((zone) => zone === "browser" || isZone(zone), {
      error: (issue) => `"${issue.input}" is no IANA time zone (nor "browser")`,
    }),
  }),
  producer: z.strictObject({
    progressKept: duration,
    maxRejects: z.int().positive(),
    maxSources: z.int().positive(),
    maxLabelSets: z.int().positive(),
    maxStreams: z.int().min(2),
    streamsKept: duration,
  }),
  kafka: z.strictObject({ partitions: z.int().positive(), retentionBytes: z.int().positive() }),
  /** Where else than on one machine: absent unless a team needs it. */
  targets: z.strictObject({ kubernetes: kubernetes.optional() }).optional(),
});

/** The typed shape of `src/config.ts`: thresholds carry their unit, windows are durations. */
export type Config = zod.infer<typeof shape>;
