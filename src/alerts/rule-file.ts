import { printDuration } from "../core/units.ts";
import { datasource, refId } from "../queries/datasource.ts";
import { print } from "../queries/print.ts";
import type { Rule, RuleFile } from "./provisioning.ts";
import { type Alert, FOLDER, type Judged, type Texts } from "./rule.ts";
import { unlessUnanswered } from "./sentences.ts";

/** Opens the line of every description that says what to do first. */
const FIRST_AID = "À faire d'abord : ";

const queryOf = ({ query: id, metric, window }: Judged) => ({
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
const lastValueOf = ({ query, value }: Judged) =>
  expression({ refId: value, type: "reduce", expression: query, reducer: "last" });

/** Query → last value → threshold; with several conditions, each is reduced and one formula compares them. */
function conditionData(when: Alert["when"]): Rule["data"] {
  const steps = [...when.map(queryOf), ...when.map(lastValueOf)];
  const last = refId(steps.length);
  const [{ is, threshold, value }] = when;
  if (when.length === 1) {
    const type = is === "above" ? ("gt" as const) : ("gte" as const);
    const conditions: Threshold["conditions"] = [{ evaluator: { type, params: [threshold.value] } }];
    return [...steps, expression({ refId: last, type: "threshold", expression: value, conditions })];
  }
  const sides = when.map((one) => `$${one.value} ${one.is === "above" ? ">" : ">="} ${one.threshold.value}`);
  return [...steps, expression({ refId: last, type: "math", expression: sides.join(" || ") })];
}

const description = ({ meaning, firstAid }: Texts<string>) => `${meaning}\n${FIRST_AID}${firstAid}`;
function texts(alert: Alert) {
  const { summary, when, withoutLoki } = alert;
  if (!withoutLoki) return { summary, description: description(alert) };
  const [{ value }] = when;
  return {
    summary: unlessUnanswered(value, { text: summary, otherwise: withoutLoki.summary }),
    description: unlessUnanswered(value, { text: description(alert), otherwise: description(withoutLoki) }),
  };
}

/** A rule as one provisioning file: its own group, linked to the panel that plots it and to its runbook. */
export function alertFile(alert: Alert, runbookBaseUrl: string | undefined): RuleFile {
  const { name, uid = name, title, when, timing, withoutLoki } = alert;
  const [{ plottedBy }] = when;
  const data = conditionData(when);
  const rule: Rule = {
    uid,
    title,
    condition: data.at(-1)!.refId,
    data,
    dashboardUid: plottedBy.dashboard,
    panelId: plottedBy.panel,
    noDataState: "OK",
    execErrState: withoutLoki ? "Error" : "OK",
    for: printDuration(timing.for),
    annotations: {
      ...texts(alert),
      ...(runbookBaseUrl && { runbook_url: `${runbookBaseUrl.replace(/\/+$/, "")}/${name}.md` }),
      __dashboardUid__: plottedBy.dashboard,
      __panelId__: String(plottedBy.panel),
    },
    labels: { rule: name, severity: timing.severity },
    isPaused: false,
  };
  return {
    apiVersion: 1,
    groups: [{ orgId: 1, name, folder: FOLDER, interval: printDuration(timing.every), rules: [rule] }],
  };
}
