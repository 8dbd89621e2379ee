import { type Duration, inFrench, type Quantity, type Unit } from "../core/units.ts";

/** What a sentence may say of a rule's value; `measured`, `plural` are pieces of Grafana's annotation templates. */
export type Reading = Readonly<{
  /** The measured value in its own unit, in French: `12,4 s`, `162,3 Mo`, `1,4 %`. */
  measured: string;
  threshold: string;
  /** The value under its name, against its threshold: `mémoire 162,3 Mo (seuil 150 Mo)`. */
  compared: string;
  /** Over how long it is measured, and how long the rule's condition holds before it fires. */
  window: string;
  held: string;
  /** The "s" of a word that is counted by this value, from two on. */
  plural: string;
}>;

/** From here on seconds are said as minutes, hours and days. */
const LONG = "120.0";
const COMMA = 'reReplaceAll "[.]" ","';
const SHORT_TIME = `reReplaceAll "[.]?0+$" "" | ${COMMA}`;
const LONG_TIME = [
  [" 0[hms]", ""],
  ["d", " j"],
  ["h", " h"],
  ["m", " min"],
  ["s", " s"],
]
  .map(([pattern, text]) => `reReplaceAll "${pattern}" "${text}"`)
  .join(" | ");

function measuredAs(unit: Unit, value: string): string {
  switch (unit) {
    case "s":
      return `{{ if lt ${value} ${LONG} }}{{ printf "%.2f" ${value} | ${SHORT_TIME} }} s{{ else }}{{ humanizeDuration ${value} | ${LONG_TIME} }}{{ end }}`;
    case "decbytes":
      return `{{ humanize ${value} | reReplaceAll "([kMGTP]?)$" " $1" | ${COMMA} }}o`;
    case "percentunit":
      return `{{ humanizePercentage ${value} | reReplaceAll "%" " %" | ${COMMA} }}`;
    case "locale":
    case "short":
      return `{{ printf "%.0f" ${value} }}`;
    default:
      return unit satisfies never;
  }
}

type Compared = Readonly<{ is: "above" | "atLeast"; threshold: Quantity }>;
/** A comparison in French: `> 10 s`. */
export const limitOf = ({ is, threshold }: Compared) => `${is === "above" ? ">" : "≥"} ${inFrench(threshold)}`;

type Read = Readonly<{ value: string; name: string; threshold: Quantity; window: Duration }>;
/** The reading of the value under a refId, against its threshold, for a rule that waits that long. */
export function reading({ value: refId, name, threshold: limit, window }: Read, held: Duration): Reading {
  const value = `$values.${refId}.Value`;
  const [measured, threshold] = [measuredAs(limit.unit, value), inFrench(limit)];
  return {
    measured,
    threshold,
    compared: `${name} ${measured} (seuil ${threshold})`,
    window: inFrench(window),
    held: inFrench(held),
    plural: `{{ if ge ${value} 2.0 }}s{{ end }}`,
  };
}

/** The text, and another where an unanswered query leaves no value: Grafana would mail the template itself. */
export const unlessUnanswered = (refId: string, { text, otherwise }: Readonly<{ text: string; otherwise: string }>) =>
  `{{ if $values.${refId} }}${text}{{ else }}${otherwise}{{ end }}`;

/** The source of an instance. */
export const SOURCE = "{{ $labels.source }}";
