import { z } from "zod";
import type { Duration, Quantity, Unit } from "./units.ts";
import { printDuration, seconds } from "./units.ts";

const quantity = <U extends Unit>(unit: U) =>
  z.strictObject({ value: z.number().positive(), unit: z.literal(unit) }).readonly() satisfies z.ZodType<Quantity<U>>;
const wholeSeconds = (minimum: number) => z.strictObject({ value: z.int().min(minimum), unit: z.literal("s") }).readonly() satisfies z.ZodType<Duration>;
const duration = wholeSeconds(1);
const tenSeconds = duration.refine(({ value }) => value % 10 === 0, { error: "must be a multiple of 10 s, or Grafana does not start" });
const severity = z.enum(["critical", "warning"]);
const evaluation = { for: wholeSeconds(0), every: tenSeconds, severity };
const sourceName = z.string().min(1);
const notification = z.strictObject({ wait: wholeSeconds(0), repeat: duration, interval: duration }).readonly();

const shape = z.strictObject({
  sources: z.strictObject({
    expected: z.array(z.strictObject({ source: sourceName, maxSilence: duration.optional() }).readonly()).readonly(),
    retired: z.array(sourceName).readonly(),
    maxSilence: duration,
    memory: duration,
  }),
  rules: z.strictObject({
    "1-echec-detecte": z.strictObject({ failures: quantity("short"), window: duration, ...evaluation }),
    "2-taux-echec-eleve": z.strictObject({
      rate: quantity("percentunit").refine(({ value }) => value < 1, { error: "must be below 100 %" }),
      window: duration,
      ...evaluation,
    }),
    "3-source-muette": z.strictObject(evaluation),
    "4-latence-degradee": z.strictObject({ p95: quantity("s"), window: duration, ...evaluation }),
    "5-surconsommation-ressources": z.strictObject({ memory: quantity("decbytes"), cpu: quantity("s"), window: duration, ...evaluation }),
  }),
  notifications: z.strictObject({ critical: notification, warning: notification }),
  deliveryDelay: wholeSeconds(0),
  retention: duration,
  dashboards: z.strictObject({
    range: duration,
    refresh: duration,
    throughputStep: duration,
    timezone: z.string().refine(isTimezone, { error: (issue) => `"${issue.input}" is no IANA time zone (nor "browser")` }),
  }),
  kafka: z.strictObject({ partitions: z.int().positive(), retentionBytes: z.int().positive() }),
});

/** The typed shape of `src/config.ts`: thresholds carry their unit, windows are durations. */
export type Config = z.infer<typeof shape>;

function isTimezone(zone: string): boolean {
  if (zone === "browser") return true;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

type Fault = Readonly<{ path: PropertyKey[]; input: unknown; message: string }>;

/** Faults that no single value shows: how windows, sources and retention go together. */
function inconsistencies(config: Config): Fault[] {
  const faults: Fault[] = [];
  const fault = (path: PropertyKey[], input: unknown, message: string) => faults.push({ path, input, message });
  const atLeast = (path: PropertyKey[], window: Duration, every: Duration) => {
    const least = seconds(every.value + config.deliveryDelay.value);
    if (window.value < least.value)
      fault(
        path,
        printDuration(window),
        `must be at least the evaluation interval plus the delivery delay (${printDuration(least)}), or runs fall between two evaluations`,
      );
  };
  const { expected, retired, maxSilence, memory } = config.sources;
  const silence = config.rules["3-source-muette"].every;
  expected.forEach(({ source, maxSilence: own }, index) => {
    const path = ["sources", "expected", index];
    if (expected.findIndex((other) => other.source === source) < index) fault([...path, "source"], source, "is expected twice; keep one");
    if (retired.includes(source)) fault([...path, "source"], source, "is both expected and retired; remove one");
    if (own) atLeast([...path, "maxSilence"], own, silence);
  });
  for (const [name, rule] of Object.entries(config.rules)) if ("window" in rule) atLeast(["rules", name, "window"], rule.window, rule.every);
  atLeast(["sources", "maxSilence"], maxSilence, silence);
  if (memory.value <= maxSilence.value)
    fault(
      ["sources", "memory"],
      printDuration(memory),
      `must be longer than sources.maxSilence (${printDuration(maxSilence)}), or no undeclared source is ever missed`,
    );
  const lookback = freshnessLookback(config.sources);
  if (config.retention.value < lookback.value)
    fault(["retention"], printDuration(config.retention), `must be at least the freshness look-back (${printDuration(lookback)})`);
  return faults;
}

/** How far back the last run of a source is looked for: the larger of 24 h and twice the longest maximum silence. */
export function freshnessLookback({ expected, maxSilence }: Pick<Config["sources"], "expected" | "maxSilence">): Duration {
  const longest = Math.max(maxSilence.value, ...expected.map((source) => source.maxSilence?.value ?? 0));
  return { value: Math.max(86_400, 2 * longest), unit: "s" };
}

/** A configuration that cannot be built; the message lists every fault with its path and value. */
export class ConfigError extends Error {}

const asFaults = (issue: z.core.$ZodIssue): Fault[] =>
  issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => ({ path: [...issue.path, key], input: (issue.input as Record<string, unknown>)[key], message: "is no setting; check its name" }))
    : [{ path: issue.path, input: issue.input, message: issue.message }];

/** Checks a configuration; throws one `ConfigError` that names every fault. */
export function checkConfig(input: unknown): Config {
  const result = shape.safeParse(input, { reportInput: true });
  const faults = (result.error?.issues ?? []).flatMap(asFaults);
  const readable = result.success || result.error.issues.every(({ code }) => code === "too_small" || code === "custom");
  if (readable) faults.push(...inconsistencies(input as Config));
  if (result.success && faults.length === 0) return result.data;
  const lines = faults.map(({ path, input, message }) => `  ${path.join(".")} = ${JSON.stringify(input)}: ${message}`);
  throw new ConfigError(`src/config.ts has ${faults.length} fault${faults.length > 1 ? "s" : ""}; nothing was written:\n${lines.join("\n")}`);
}
