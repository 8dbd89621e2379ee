import type { Config } from "../core/config/schema.ts";
import { type Duration, printDuration, type Quantity, type Unit } from "../core/units.ts";
import type { Metric } from "../queries/ast.ts";
import { datasource, refId } from "../queries/datasource.ts";
import { orZeroOf, over } from "../queries/logql.ts";
import type { Measured } from "../queries/metrics.ts";
import { print } from "../queries/print.ts";
import { inRule, type PanelRef, type Watch } from "../queries/watches.ts";
import type { LabelName } from "../schema.ts";
import type { Rule, RuleFile } from "./provisioning.ts";
import { type Reading, reading, unlessUnanswered } from "./sentences.ts";

export const FOLDER = "data-alerts";
/** Opens the line of every description that says what to do first. */
const FIRST_AID = "À faire d'abord : ";
export type RuleName = keyof Config["rules"];

/** A metric of a rule: complete as it stands, how far it looks back, and the threshold in the same unit. */
type Condition<U extends Unit> = Readonly<{
  metric: Metric<U, "literal">;
  window: Duration;
  is: "above" | "atLeast";
  threshold: Quantity<U>;
}>;

/** How a watch is grouped, and what it lends its series to: 0 where that has one and the watch has none. */
type Asked = Readonly<{ by: readonly LabelName[]; zeroOf?: Measured<Unit> }>;
const condition =
  (is: Condition<Unit>["is"]) =>
  <U extends Unit>(watch: Watch<U>, { by, zeroOf }: Asked): Condition<U> => {
    const { window, threshold } = watch;
    const metric = inRule(watch, by);
    return { metric: zeroOf ? orZeroOf(metric, zeroOf(over(window), by)) : metric, window, is, threshold };
  };
/** The watched metric is strictly above its threshold. */
export const above = condition("above");
/** The watched metric reaches its threshold. */
export const atLeast = condition("atLeast");
/** The metric, which looks back that far, has a series at all. */
export const present = <U extends Unit>(metric: Metric<U, "literal">, window: Duration): Condition<U> => ({
  metric,
  window,
  is: "above",
  threshold: { value: 0, unit: metric.unit },
});

/** What a rule says, in French: the measured value against its threshold, what it means, what to do first. */
type Texts<Text> = Readonly<{ summary: Text; meaning: Text; firstAid: string }>;
type Described<Conditions, Text> = Readonly<{
  name: RuleName;
  /** The name under which a renamed rule came to Grafana: it stays the same rule there. */
  uid?: string;
  title: string;
  when: Conditions;
  timing: Readonly<{ for: Duration; every: Duration; severity: "critical" | "warning" }>;
  panel: PanelRef;
  /** What is said instead when Loki does not answer; a rule without it takes that for "nothing to tell". */
  withoutLoki?: Texts<string>;
}> &
  Texts<Text>;

/** A rule with one condition, or several of which any is enough, each under the name that its sentences use. */
type Definition<Name extends string> = Described<
  Readonly<Record<Name, Condition<Unit>>>,
  (values: Readonly<Record<NoInfer<Name>, Reading>>) => string
>;
export type Alert = Described<readonly [Condition<Unit>, ...Condition<Unit>[]], string>;

/** The rule with its sentences written out: each value stands where its name stood, in its metric's unit. */
export function alert<Name extends string>(definition: Definition<Name>): Alert {
  const named = Object.entries<Condition<Unit>>(definition.when);
  const readings = named.map(([name, { threshold }], index) => [name, reading(refId(named.length + index), threshold)]);
  const values = Object.fromEntries(readings) as Record<Name, Reading>;
  const when = named.map(([, condition]) => condition) as unknown as Alert["when"];
  return { ...definition, when, summary: definition.summary(values), meaning: definition.meaning(values) };
}

const query = (id: string, { metric, window }: Condition<Unit>) => ({
  refId: id,
  queryType: "instant" as const,
  relativeTimeRange: { from: window.value, to: 0 as const },
  datasourceUid: datasource.uid,
  model: {
    refId: id,
    datasource,
    editorMode: "code" as const,
    expr: print(metric),
    queryType: "instant" as const,
    intervalMs: 60_000,
    maxDataPoints: 43_200,
  },
});

type Expression = Extract<Rule["data"][number], { datasourceUid: "__expr__" }>;
const expression = (model: Expression["model"]): Expression => ({
  refId: model.refId,
  queryType: "expression",
  relativeTimeRange: { from: 0, to: 0 },
  datasourceUid: "__expr__",
  model,
});
const reduceLast = (id: string, of: string) =>
  expression({ refId: id, type: "reduce", expression: of, reducer: "last" });

/** Query → last value → threshold; with several conditions, each is reduced and one formula compares them. */
function conditionData(when: Alert["when"]): Rule["data"] {
  const queries = when.map((one, index) => query(refId(index), one));
  const reduced = when.map((_, index) => refId(when.length + index));
  const reduces = reduced.map((id, index) => reduceLast(id, refId(index)));
  const last = refId(2 * when.length);
  const [only] = when;
  if (when.length === 1) {
    const evaluator = {
      type: only.is === "above" ? ("gt" as const) : ("gte" as const),
      params: [only.threshold.value] as [number],
    };
    return [
      ...queries,
      ...reduces,
      expression({ refId: last, type: "threshold", expression: reduced[0]!, conditions: [{ evaluator }] }),
    ];
  }
  const formula = when
    .map(({ is, threshold }, index) => `$${reduced[index]} ${is === "above" ? ">" : ">="} ${threshold.value}`)
    .join(" || ");
  return [...queries, ...reduces, expression({ refId: last, type: "math", expression: formula })];
}

const description = ({ meaning, firstAid }: Texts<string>) => `${meaning}\n${FIRST_AID}${firstAid}`;
function texts(alert: Alert) {
  const { summary, when, withoutLoki } = alert;
  if (!withoutLoki) return { summary, description: description(alert) };
  const value = refId(when.length);
  return {
    summary: unlessUnanswered(value, summary, withoutLoki.summary),
    description: unlessUnanswered(value, description(alert), description(withoutLoki)),
  };
}

/** A rule as one provisioning file: its own group, linked to the panel that plots it and to its runbook. */
export function alertFile(alert: Alert, runbookBaseUrl: string | undefined): RuleFile {
  const { name, uid = name, title, when, timing, panel, withoutLoki } = alert;
  const data = conditionData(when);
  const rule: Rule = {
    uid,
    title,
    condition: data.at(-1)!.refId,
    data,
    dashboardUid: panel.dashboard,
    panelId: panel.panel,
    noDataState: "OK",
    execErrState: withoutLoki ? "Error" : "OK",
    for: printDuration(timing.for),
    annotations: {
      ...texts(alert),
      ...(runbookBaseUrl && { runbook_url: `${runbookBaseUrl.replace(/\/+$/, "")}/${name}.md` }),
      __dashboardUid__: panel.dashboard,
      __panelId__: String(panel.panel),
    },
    labels: { rule: name, severity: timing.severity },
    isPaused: false,
  };
  return {
    apiVersion: 1,
    groups: [{ orgId: 1, name, folder: FOLDER, interval: printDuration(timing.every), rules: [rule] }],
  };
}
