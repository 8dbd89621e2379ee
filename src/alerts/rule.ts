import type { Config } from "../config.schema.ts";
import { datasource, refId } from "../datasource.ts";
import type { Metric } from "../queries/ast.ts";
import { print } from "../queries/print.ts";
import type { PanelRef } from "../queries/watches.ts";
import { type Duration, printDuration, type Quantity, type Unit } from "../units.ts";
import type { Rule, RuleFile } from "./provisioning.ts";

export const FOLDER = "data-alerts";
/** Opens the part of every description that says what to do first. */
export const FIRST_AID = "À faire d'abord : ";
export type RuleName = keyof Config["rules"];

/** A metric of a rule: complete as it stands, with the threshold in the same unit. */
type Condition<U extends Unit> = Readonly<{ metric: Metric<U, "literal">; is: "above" | "atLeast"; threshold: Quantity<U> }>;

/** The metric is strictly above the threshold. */
export const above = <U extends Unit>(metric: Metric<U, "literal">, threshold: Quantity<NoInfer<U>>): Condition<U> => ({ metric, is: "above", threshold });
/** The metric reaches the threshold. */
export const atLeast = <U extends Unit>(metric: Metric<U, "literal">, threshold: Quantity<NoInfer<U>>): Condition<U> => ({ metric, is: "atLeast", threshold });

export type Alert = Readonly<{
  name: RuleName;
  /** The name under which a renamed rule came to Grafana: it stays the same rule there. */
  uid?: string;
  title: string;
  /** One condition, or several of which any is enough. */
  when: readonly [Condition<Unit>, ...Condition<Unit>[]];
  window: Duration;
  timing: Readonly<{ for: Duration; every: Duration; severity: "critical" | "warning" }>;
  panel: PanelRef;
  /** French, with the measured value. */
  summary: string;
  /** French: what it means. */
  meaning: string;
  /** French: what to do first. */
  firstAid: string;
  whenLokiFails?: "Error" | "OK";
}>;

const query = (id: string, metric: Metric, window: Duration) => ({
  refId: id,
  queryType: "instant" as const,
  relativeTimeRange: { from: window.value, to: 0 as const },
  datasourceUid: datasource.uid,
  model: { refId: id, datasource, editorMode: "code" as const, expr: print(metric), queryType: "instant" as const, intervalMs: 60_000, maxDataPoints: 43_200 },
});

type Expression = Extract<Rule["data"][number], { datasourceUid: "__expr__" }>;
const expression = (model: Expression["model"]): Expression => ({
  refId: model.refId,
  queryType: "expression",
  relativeTimeRange: { from: 0, to: 0 },
  datasourceUid: "__expr__",
  model,
});
const reduceLast = (id: string, of: string) => expression({ refId: id, type: "reduce", expression: of, reducer: "last" });

/** Query → last value → threshold; with several conditions, each is reduced and one formula compares them. */
function conditionData(when: Alert["when"], window: Duration): Rule["data"] {
  const queries = when.map(({ metric }, index) => query(refId(index), metric, window));
  const reduced = when.map((_, index) => refId(when.length + index));
  const reduces = reduced.map((id, index) => reduceLast(id, refId(index)));
  const last = refId(2 * when.length);
  const [only] = when;
  if (when.length === 1) {
    const evaluator = { type: only.is === "above" ? ("gt" as const) : ("gte" as const), params: [only.threshold.value] as [number] };
    return [...queries, ...reduces, expression({ refId: last, type: "threshold", expression: reduced[0]!, conditions: [{ evaluator }] })];
  }
  const formula = when.map(({ is, threshold }, index) => `$${reduced[index]} ${is === "above" ? ">" : ">="} ${threshold.value}`).join(" || ");
  return [...queries, ...reduces, expression({ refId: last, type: "math", expression: formula })];
}

/** A rule as one provisioning file: its own group, linked to the panel that plots it and to its runbook. */
export function alertFile(alert: Alert, runbookBaseUrl: string | undefined): RuleFile {
  const { name, uid = name, title, when, window, timing, panel, summary, meaning, firstAid, whenLokiFails = "OK" } = alert;
  const data = conditionData(when, window);
  const rule: Rule = {
    uid,
    title,
    condition: data.at(-1)!.refId,
    data,
    dashboardUid: panel.dashboard,
    panelId: panel.panel,
    noDataState: "OK",
    execErrState: whenLokiFails,
    for: printDuration(timing.for),
    annotations: {
      summary,
      description: `${meaning} ${FIRST_AID}${firstAid}`,
      ...(runbookBaseUrl && { runbook_url: `${runbookBaseUrl.replace(/\/+$/, "")}/${name}.md` }),
      __dashboardUid__: panel.dashboard,
      __panelId__: String(panel.panel),
    },
    labels: { rule: name, severity: timing.severity },
    isPaused: false,
  };
  return { apiVersion: 1, groups: [{ orgId: 1, name, folder: FOLDER, interval: printDuration(timing.every), rules: [rule] }] };
}

/** Prints a reduced value of a rule, in its summary, with so many decimals. */
export const measured = (id: string, decimals: number) => `{{ printf "%.${decimals}f" $values.${id}.Value }}`;
