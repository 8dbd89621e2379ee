import { DAY_S } from "../spans.ts";
import { type Duration, printDuration, seconds } from "../units.ts";
import type { Config } from "./schema.ts";

/** One fault of the configuration: where, which value, and how to mend it. */
export type Fault = Readonly<{ path: readonly PropertyKey[]; input: unknown; message: string }>;
type Check = (config: Config) => Fault[];

const once: Check = ({ sources: { expected, retired } }) => [
  ...expected.flatMap(({ source }, index): Fault[] => {
    const path = ["sources", "expected", index, "source"];
    const isTwice = expected.findIndex((other) => other.source === source) < index;
    if (!isTwice && !retired.includes(source)) return [];
    const message = isTwice ? "is expected twice; keep one" : "is both expected and retired; remove one";
    return [{ path, input: source, message }];
  }),
  ...retired.flatMap((source, index) =>
    retired.indexOf(source) < index
      ? [{ path: ["sources", "retired", index], input: source, message: "is retired twice; keep one" }]
      : [],
  ),
];

/** A duration that does not do. Who asks, asks by a negation: what is no number is told once, by the schema. */
const fault = (path: readonly PropertyKey[], duration: Duration, { message }: { message: string }): Fault[] => [
  { path, input: printDuration(duration), message },
];

function tooShort(
  path: readonly PropertyKey[],
  window: Duration,
  { every, delay }: Record<"every" | "delay", Duration>,
) {
  const least = seconds(every.value + delay.value);
  if (!(window.value < least.value)) return [];
  const message = `must be at least the evaluation interval plus the delivery delay (${printDuration(least)}), or runs fall between two evaluations`;
  return fault(path, window, { message });
}

const windows: Check = ({ rules, deliveryDelay: delay }) =>
  Object.entries(rules).flatMap(([name, rule]) =>
    "window" in rule ? tooShort(["rules", name, "window"], rule.window, { every: rule.every, delay }) : [],
  );

const silences: Check = ({ sources: { expected, maxSilence }, rules, deliveryDelay: delay }) => {
  const { every } = rules["3-source-muette"];
  const own = expected.flatMap(({ maxSilence: limit }, index) =>
    limit ? tooShort(["sources", "expected", index, "maxSilence"], limit, { every, delay }) : [],
  );
  return [...tooShort(["sources", "maxSilence"], maxSilence, { every, delay }), ...own];
};

const memory: Check = ({ sources: { memory: remembered, maxSilence } }) => {
  if (!(remembered.value <= maxSilence.value)) return [];
  const message = `must be longer than sources.maxSilence (${printDuration(maxSilence)}), or no undeclared source is ever missed`;
  return fault(["sources", "memory"], remembered, { message });
};

type Silences = Pick<Config["sources"], "expected" | "maxSilence">;
/** The longest maximum silence of any source, in seconds. */
export const longestSilence = ({ expected, maxSilence }: Silences): number =>
  Math.max(maxSilence.value, ...expected.map(({ maxSilence: own = maxSilence }) => own.value));
/** How far back the last run of a source is looked for: the larger of 24 h and twice the longest maximum silence. */
export const freshnessLookback = (sources: Silences): Duration => seconds(Math.max(DAY_S, 2 * longestSilence(sources)));

const retained: Check = ({ retention, sources }) => {
  const lookback = freshnessLookback(sources);
  if (!(retention.value < lookback.value)) return [];
  const message = `must be at least the freshness look-back (${printDuration(lookback)})`;
  return fault(["retention"], retention, { message });
};

const reminders: Check = ({ notifications }) =>
  Object.entries(notifications).flatMap(([severity, { repeat, interval }]) => {
    if (!(repeat.value < interval.value)) return [];
    const message = `must not be shorter than its interval (${printDuration(interval)})`;
    return fault(["notifications", severity, "repeat"], repeat, { message });
  });

/** Faults that no single value shows, as far as the parts that they compare can be read at all. */
export function inconsistencies(config: Config): Fault[] {
  return [once, windows, silences, memory, retained, reminders].flatMap((check) => {
    try {
      return check(config);
    } catch (error) {
      // A part that has not its shape: the schema tells that fault.
      if (error instanceof TypeError) return [];
      throw error;
    }
  });
}
