import type { Config } from "../core/config/schema.ts";
import type { Duration, Quantity, Unit } from "../core/units.ts";
import type { Metric } from "../queries/ast.ts";
import { refId } from "../queries/datasource.ts";
import { over } from "../queries/logql/logs.ts";
import { orZeroOf } from "../queries/logql/metrics.ts";
import type { Measured } from "../queries/metrics.ts";
import type { PanelRef } from "../queries/places.ts";
import { inRule, type Watch } from "../queries/watches.ts";
import type { LabelName } from "../schema.ts";
import { limitOf, type Reading, reading } from "./sentences.ts";

export const FOLDER = "data-alerts";
export type RuleName = keyof Config["rules"];

/** A metric of a rule: complete as it stands, how far it looks back, its threshold in the same unit, and its panel. */
export type Condition<U extends Unit = Unit> = Readonly<{
  metric: Metric<U, "literal">;
  window: Duration;
  is: "above" | "atLeast";
  threshold: Quantity<U>;
  by: readonly LabelName[];
  /** What is compared with what, in French: `p95` and `> 10 s`. */
  name: string;
  limit: string;
  plottedBy: PanelRef;
}>;

/** How a watch is grouped, and what it lends its series to: 0 where that has one and the watch has none. */
type Asked = Readonly<{ by: readonly LabelName[]; zeroOf?: Measured<Unit> }>;
const compared =
  (is: Condition["is"]) =>
  <U extends Unit>(watch: Watch<U>, { by, zeroOf }: Asked): Condition<U> => {
    const { name, window, threshold, plottedBy } = watch;
    const watched = inRule(watch, by);
    const metric = zeroOf ? orZeroOf(watched, zeroOf(over(window), by)) : watched;
    return { metric, window, is, threshold, by, name, limit: limitOf({ is, threshold }), plottedBy };
  };
/** The watched metric is strictly above its threshold. */
export const above = compared("above");
/** The watched metric reaches its threshold. */
export const atLeast = compared("atLeast");
/** The metric, which looks back that far, has a series at all; the limit says when. */
export const present = <U extends Unit>(
  metric: Metric<U, "literal">,
  about: Pick<Condition, "window" | "name" | "limit" | "plottedBy">,
): Condition<U> => ({ ...about, metric, is: "above", threshold: { value: 0, unit: metric.unit }, by: [] });

/** What a rule says, in French: the measured value against its threshold, what it means, what to do first. */
export type Texts<Text> = Readonly<{ summary: Text; meaning: Text; firstAid: string }>;
type Described<Conditions, Text> = Readonly<{
  name: RuleName;
  /** The name under which a renamed rule came to Grafana: it stays the same rule there. */
  uid?: string;
  title: string;
  when: Conditions;
  /** What is said instead when Loki does not answer; a rule without it takes that for "nothing to tell". */
  withoutLoki?: Texts<string>;
}> &
  Texts<Text>;

/** A rule with one condition, or several of which any is enough, each under the name that its sentences use. */
type Definition<Name extends string> = Described<
  Readonly<Record<Name, Condition>>,
  (values: Readonly<Record<NoInfer<Name>, Reading>>) => string
> &
  /** Values with which the rule fires, for the catalogue's mail. */
  Readonly<{ example: Readonly<Record<NoInfer<Name>, number>> }>;

/** A condition with the refIds of its query and of that query's one value, and an example of the value. */
export type Judged = Condition & Readonly<{ query: string; value: string; example: number }>;
export type Alert = Described<readonly [Judged, ...Judged[]], string> &
  Readonly<{ timing: Pick<Config["rules"][RuleName], "for" | "every" | "severity"> }>;

/** When a rule fires, in French: any of its conditions, each series of a grouping by itself. */
export const condition = ({ when }: Alert): string =>
  [when.map(({ name, limit }) => `${name} ${limit}`).join(" ou "), ...when[0].by.map((label) => `par ${label}`)].join(
    " ",
  );

/** The rule with its sentences written out: each value stands where its name stood, in its metric's unit. */
export function alert<Name extends string>(
  { rules }: Pick<Config, "rules">,
  { when, example, ...described }: Definition<Name>,
): Alert {
  const timing = rules[described.name];
  const judged = Object.entries<Condition>(when).map(([name, one], index, { length }): [string, Judged] => [
    name,
    { ...one, query: refId(index), value: refId(length + index), example: example[name as Name] },
  ]);
  const readings = judged.map(([name, one]) => [name, reading(one, timing.for)]);
  const values = Object.fromEntries(readings) as Record<Name, Reading>;
  return {
    ...described,
    timing,
    when: judged.map(([, one]) => one) as unknown as Alert["when"],
    summary: described.summary(values),
    meaning: described.meaning(values),
  };
}
