import { oneLine } from "../support/normalise.ts";

/** A change of one place, and how it reads. */
export type Mutant<T> = Readonly<{ change: string; mutated: T }>;

type Swap = readonly [pattern: RegExp, ...replacements: ((found: RegExpExecArray) => string)[]];
const to = (text: string) => () => text;

/** Twice and half a window of a rule; a panel's variable becomes a short literal. */
const WINDOWS: Swap[] = [
  [
    /\[(\d+)([hm])\]/g,
    ([, size, unit]) => `[${Number(size) * 2}${unit}]`,
    ([, size, unit]) => `[${(Number(size) * 60) / 2}${unit === "h" ? "m" : "s"}]`,
  ],
  [/\[\$__(?:auto|range)\]/g, to("[5m]")],
];
const MATCHERS: Swap[] = [
  [
    /(\w+)(=~|!~|=)("[^"]*")(, )?(?=[^{}]*\})/g,
    to(""),
    ([, label, op, value, comma = ""]) => `${label}${{ "=~": "!~", "!~": "=~", "=": "!=" }[op!]}${value}${comma}`,
  ],
  [/"SUCCESS\|FAILED"/g, to('"SUCCESS"'), to('"FAILED"')],
  [/"FAILED\|INVALID"/g, to('"FAILED"'), to('"INVALID"')],
];
const AGGREGATIONS: Swap[] = [
  [/\bsum(?= by|\()/g, to("max"), to("count")],
  [/\bmax_over_time/g, to("min_over_time"), to("avg_over_time")],
  [/\bavg_over_time/g, to("max_over_time"), to("min_over_time")],
  [/\bcount_over_time/g, to("bytes_over_time")],
  [/\brate\(/g, to("bytes_rate(")],
  [/quantile_over_time\(([\d.]+)/g, to("quantile_over_time(0.2"), to("quantile_over_time(1")],
  [/ by \(source\)/g, to(" by (zone)")],
  [/ by \(etat\)/g, to(" by (source)")],
  [/ by \(\)/g, to(" by (source)")],
];
const ARITHMETIC: Swap[] = [
  [/ or /g, to(" and "), to(" unless ")],
  [/ unless /g, to(" and "), to(" or ")],
  [/ \/ /g, to(" * ")],
  [/ - /g, to(" + ")],
  [/ \* 0\b/g, to(" * 1")],
  [/ \* (?!0\b)(\d+)/g, ([, factor]) => ` * ${Number(factor) * 2}`],
  [/ \+ (\d+)/g, ([, value]) => ` + ${Number(value) * 2}`],
  [/vector\(0\)/g, to("vector(1)")],
  [/ \/ 1000\b/g, to(" / 100")],
];
const FIELDS: Swap[] = [
  [/(duree_s|cpu_s)="\1" \| unwrap \1/g, to('memoire_octets="memoire_octets" | unwrap memoire_octets')],
  [/(memoire_octets|retablissement_s)="\1" (\| \1!="" )?\| unwrap \1/g, to('duree_s="duree_s" | unwrap duree_s')],
  [/ \| __error__=""/g, to("")],
  [/ \| \w+!=""/g, to("")],
  [/unixEpochMillis/g, to("unixEpoch")],
  [/="true"/g, to('="false"')],
];

/**
 * Where in a query a place is, for its two parts that a reader tells apart: the fill with 0, and what follows `unless`.
 */
function part(expr: string, index: number): string {
  for (const fill of expr.matchAll(/ or (?=sum)/g)) {
    const end = expr.indexOf(" * 0", fill.index) + " * 0".length;
    if (fill.index + 4 <= index && index < end && !expr.slice(fill.index, end).includes("unless"))
      return "in the fill: ";
  }
  const unless = expr.indexOf(" unless ");
  return unless >= 0 && unless < index && index < expr.indexOf(")))", unless) ? "after unless: " : "";
}

/** Every query that differs from this one in one window, matcher, aggregation, operator or field. */
export function queryMutants(query: string): Mutant<string>[] {
  const expr = oneLine(query);
  return [...WINDOWS, ...MATCHERS, ...AGGREGATIONS, ...ARITHMETIC, ...FIELDS].flatMap(([pattern, ...replacements]) =>
    [...expr.matchAll(pattern)].flatMap((found) =>
      replacements.map((replacement) => {
        const text = replacement(found);
        const mutated = expr.slice(0, found.index) + text + expr.slice(found.index + found[0].length);
        return {
          change: `${part(expr, found.index)}${found[0].trim()} → ${text.trim() || "nothing"}`,
          mutated: mutated.replace(/, \}/g, "}"),
        };
      }),
    ),
  );
}
