import { printDuration, type Unit } from "../core/units.ts";
import { datasource, refId } from "../queries/datasource.ts";
import { print } from "../queries/print.ts";
import type { Rule, RuleFile } from "./provisioning.ts";
import { type Alert, type Condition, FOLDER, type Texts } from "./rule.ts";
import { unlessUnanswered } from "./sentences.ts";

/** Opens the line of every description that says what to do first. */
const FIRST_AID = "À faire d'abord : ";

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
type Threshold = Extract<Expression["model"], { type: "threshold" }>;
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
    const type = only.is === "above" ? ("gt" as const) : ("gte" as const);
    const conditions: Threshold["conditions"] = [{ evaluator: { type, params: [only.threshold.value] } }];
    return [
      ...queries,
      ...reduces,
      expression({ refId: last, type: "threshold", expression: reduced[0]!, conditions }),
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
    summary: unlessUnanswered(value, { text: summary, otherwise: withoutLoki.summary }),
    description: unlessUnanswered(value, { text: description(alert), otherwise: description(withoutLoki) }),
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
