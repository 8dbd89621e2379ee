import type { Config } from "../core/config/schema.ts";
import type { Duration, Quantity, Unit } from "../core/units.ts";
import type { Metric } from "../queries/ast.ts";
import { refId } from "../queries/datasource.ts";
import { orZeroOf, over } from "../queries/logql.ts";
import type { Measured } from "../queries/metrics.ts";
import type { PanelRef } from "../queries/places.ts";
import { inRule, type Watch } from "../queries/watches.ts";
import type { LabelName } from "../schema.ts";
import { limitOf, type Reading, reading } from "./sentences.ts";

export const FOLDER = "data-alerts";
export type RuleName = keyof Config["rules"];

/** A metric of a rule: complete as it stands, how far it looks back, and the threshold in the same unit. */
export type Condition<U extends Unit> = Readonly<{
  metric: Metric<U, "literal">;
  window: Duration;
  is: "above" | "atLeast";
  threshold: Quantity<U>;
  by: readonly LabelName[];
  /** What is compared with what, in French: `p95 > 10 s`. */
  text: string;
}>;

/** How a watch is grouped, and what it lends its series to: 0 where that has one and the watch has none. */
type Asked = Readonly<{ by: readonly LabelName[]; zeroOf?: Measured<Unit> }>;
const compared =
  (is: Condition<Unit>["is"]) =>
  <U extends Unit>(watch: Watch<U>, { by, zeroOf }: Asked): Condition<U> => {
    const { name, window, threshold } = watch;
    const watched = inRule(watch, by);
    const metric = zeroOf ? orZeroOf(watched, zeroOf(over(window), by)) : watched;
    return { metric, window, is, threshold, by, text: `${name} ${limitOf({ is, threshold })}` };
  };
/** The watched metric is strictly above its threshold. */
export const above = compared("above");
/** The watched metric reaches its threshold. */
export const atLeast = compared("atLeast");
/** The metric, which looks back that far, has a series at all; the text says when. */
export const present = <U extends Unit>(
  metric: Metric<U, "literal">,
  { window, text }: Pick<Condition<U>, "window" | "text">,
): Condition<U> => ({ metric, window, is: "above", threshold: { value: 0, unit: metric.unit }, by: [], text });

/** What a rule says, in French: the measured value against its threshold, what it means, what to do first. */
export type Texts<Text> = Readonly<{ summary: Text; meaning: Text; firstAid: string }>;
type Described<Conditions, Text, Values> = Readonly<{
  name: RuleName;
  /** The name under which a renamed rule came to Grafana: it stays the same rule there. */
  uid?: string;
  title: string;
  when: Conditions;
  /** Values with which the rule fires, for the catalogue's mail. */
  example: Values;
  timing: Readonly<{ for: Duration; every: Duration; severity: "critical" | "warning" }>;
  panel: PanelRef;
  /** What is said instead when Loki does not answer; a rule without it takes that for "nothing to tell". */
  withoutLoki?: Texts<string>;
}> &
  Texts<Text>;

/** A rule with one condition, or several of which any is enough, each under the name that its sentences use. */
type Definition<Name extends string> = Described<
  Readonly<Record<Name, Condition<Unit>>>,
  (values: Readonly<Record<NoInfer<Name>, Reading>>) => string,
  Readonly<Record<NoInfer<Name>, number>>
>;
export type Alert = Described<readonly [Condition<Unit>, ...Condition<Unit>[]], string, readonly number[]>;

/** When a rule fires, in French: any of its conditions, each series of a grouping by itself. */
export const condition = ({ when }: Alert): string =>
  [when.map(({ text }) => text).join(" ou "), ...when[0].by.map((label) => `par ${label}`)].join(" ");

/** The rule with its sentences written out: each value stands where its name stood, in its metric's unit. */
export function alert<Name extends string>(definition: Definition<Name>): Alert {
  const named = Object.entries<Condition<Unit>>(definition.when);
  const readings = named.map(([name, one], index) => [name, reading(refId(named.length + index), one)]);
  const values = Object.fromEntries(readings) as Record<Name, Reading>;
  const when = named.map(([, one]) => one) as unknown as Alert["when"];
  return {
    ...definition,
    when,
    example: named.map(([name]) => definition.example[name as Name]),
    summary: definition.summary(values),
    meaning: definition.meaning(values),
  };
}
