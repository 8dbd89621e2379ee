import { type Duration, printDuration, seconds } from "../units.ts";
import type { Config } from "./schema.ts";

/** One fault of the configuration: where, which value, and how to mend it. */
export type Fault = Readonly<{ path: readonly PropertyKey[]; input: unknown; message: string }>;
type Check = (config: Config) => Fault[];

const once: Check = ({ sources: { expected, retired } }) => [
  ...expected.flatMap(({ source }, index): Fault[] => {
    const path = ["sources", "expected", index, "source"];
    if (expected.findIndex((other) => other.source === source) < index)
      return [{ path, input: source, message: "is expected twice; keep one" }];
    return retired.includes(source)
      ? [{ path, input: source, message: "is both expected and retired; remove one" }]
      : [];
  }),
  ...retired.flatMap((source, index) =>
    retired.indexOf(source) < index
      ? [{ path: ["sources", "retired", index], input: source, message: "is retired twice; keep one" }]
      : [],
  ),
];

const added = (a: Duration, b: Duration): Duration => seconds(a.value + b.value);

function tooShort(
  path: readonly PropertyKey[],
  { window, least }: Readonly<{ window: Duration; least: Duration }>,
): Fault[] {
  // Negated, so that a value that is no number is told once, by the schema.
  if (!(window.value < least.value)) return [];
  const message = `must be at least the evaluation interval plus the delivery delay (${printDuration(least)}), or runs fall between two evaluations`;
  return [{ path, input: printDuration(window), message }];
}

const windows: Check = ({ rules, deliveryDelay }) =>
  Object.entries(rules).flatMap(([name, rule]) =>
    "window" in rule
      ? tooShort(["rules", name, "window"], { window: rule.window, least: added(rule.every, deliveryDelay) })
      : [],
  );

const silences: Check = ({ sources: { expected, maxSilence }, rules, deliveryDelay }) => {
  const least = added(rules["3-source-muette"].every, deliveryDelay);
  const own = expected.flatMap(({ maxSilence: limit }, index) =>
    limit ? tooShort(["sources", "expected", index, "maxSilence"], { window: limit, least }) : [],
  );
  return [...tooShort(["sources", "maxSilence"], { window: maxSilence, least }), ...own];
};

const memory: Check = ({ sources: { memory: remembered, maxSilence } }) =>
  !(remembered.value <= maxSilence.value)
    ? []
    : [
        {
          path: ["sources", "memory"],
          input: printDuration(remembered),
          message: `must be longer than sources.maxSilence (${printDuration(maxSilence)}), or no undeclared source is ever missed`,
        },
      ];

/** How far back the last run of a source is looked for: the larger of 24 h and twice the longest maximum silence. */
export function freshnessLookback({
  expected,
  maxSilence,
}: Pick<Config["sources"], "expected" | "maxSilence">): Duration {
  const longest = Math.max(maxSilence.value, ...expected.map((source) => source.maxSilence?.value ?? 0));
  return { value: Math.max(86_400, 2 * longest), unit: "s" };
}

const retained: Check = ({ retention, sources }) => {
  const lookback = freshnessLookback(sources);
  return !(retention.value < lookback.value)
    ? []
    : [
        {
          path: ["retention"],
          input: printDuration(retention),
          message: `must be at least the freshness look-back (${printDuration(lookback)})`,
        },
      ];
};

const reminders: Check = ({ notifications }) =>
  Object.entries(notifications).flatMap(([severity, { repeat, interval }]) =>
    !(repeat.value < interval.value)
      ? []
      : [
          {
            path: ["notifications", severity, "repeat"],
            input: printDuration(repeat),
            message: `must not be shorter than its interval (${printDuration(interval)})`,
          },
        ],
  );

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
