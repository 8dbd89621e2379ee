import { inTime } from "../../../core/durations.ts";
import { windowNoun } from "../compare/detail.ts";
import { asList, asNumber, asObject, asText, get, type Json, type JsonObject } from "../json.ts";
import { inWords } from "../words.ts";
import * as say from "./say.ts";
import {
  datasource,
  duration,
  here,
  named,
  query,
  quoted,
  type Scope,
  type Side,
  said,
  type Term,
  title,
  yesNo,
} from "./scope.ts";
import { linkedDashboard, linkedPanel, unitOfStep } from "./units.ts";

/** What a step is called: the one that decides is the condition. */
function kindOf(step: Json, { body }: Side["entity"]): string {
  const type = asText(get(step, "model", "type"));
  if (get(step, "refId") === body.condition || type === "threshold" || type === "classic_conditions")
    return "condition";
  if (asText(get(step, "model", "expression")) === undefined || asText(get(step, "model", "expr")) !== undefined)
    return "query";
  return type ?? "expression";
}

const window: Term = {
  what: windowNoun,
  say: (value) => {
    const [from, to] = [asNumber(get(value, "from")), asNumber(get(value, "to"))];
    if (from === undefined || to === undefined) return undefined;
    return to === 0 ? inTime(from) : `${inTime(from)} to ${inTime(to)} ago`;
  },
};
const condition: Term["say"] & {} = (value, side) =>
  say.conditions(value, (ref) => unitOfStep(side, ref ?? asText(get(side.part, "model", "expression"))));
const formula: Term["say"] & {} = (value, side) =>
  get(side.part, "model", "type") === "math" ? say.formula(value, (ref) => unitOfStep(side, ref)) : undefined;

const data = named({
  of: "step",
  key: "refId",
  noun: (item, key, { entity }, items) => {
    const kind = kindOf(item, entity);
    // One that is alone in its kind has no letter.
    return items.filter((other) => kindOf(other, entity) === kind).length > 1 ? `${kind} ${key}` : kind;
  },
  scope: {
    terms: {
      "model.expr": here({ form: "query" }),
      relativeTimeRange: window,
      "model.conditions": here({ say: condition }),
      "model.expression": here({ say: formula }),
      "model.reducer": "by",
      datasourceUid: "data source",
      "model.datasource": datasource,
    },
  },
  say: (item, side) => stepWords(item, side) ?? inWords(item),
});
function stepWords(item: JsonObject, side: Side): string | undefined {
  const { expr, conditions, expression = null } = asObject(item.model);
  const at = { ...side, part: item };
  const decided = conditions === undefined ? formula(expression, at) : condition(conditions, at);
  return asText(expr) ?? decided ?? asText(expression);
}

const titleOf = (entity: Side["entity"] | undefined): string | undefined => entity && quoted(entity.title);
const dashboard = said("dashboard", (value, { state }) => titleOf(linkedDashboard(value, state)));
const panel = said("panel", (_, side) => titleOf(linkedPanel(side)));
const ANNOTATIONS: Readonly<Record<string, Term>> = {
  runbook_url: { what: "runbook" },
  __dashboardUid__: dashboard,
  __panelId__: panel,
};

/** The words for an alert rule, with its group's. */
export const ruleScope: Scope = {
  terms: {
    title,
    alert: title,
    expr: query,
    for: duration("for"),
    keep_firing_for: duration("keeps firing for"),
    "$group.interval": duration("evaluated every"),
    "$group.folder": "folder",
    "$group.name": "group",
    noDataState: "without data",
    execErrState: "on error",
    isPaused: yesNo("paused"),
    condition: "deciding step",
    dashboardUid: dashboard,
    panelId: panel,
    $file: "file",
  },
  lists: { data },
  maps: {
    labels: (key) => ({ what: key === "severity" ? "severity" : `label ${quoted(key)}` }),
    annotations: (key) => (Object.hasOwn(ANNOTATIONS, key) ? ANNOTATIONS[key]! : { what: key, form: "text" }),
  },
};

/** Says a rule that came or went: when it fires, how grave that is. */
export function ruleSummary(entity: Side["entity"], state: Side["state"]): string {
  const { body } = entity;
  const deciding = asList(body.data)
    .map(asObject)
    .find(({ refId }) => refId !== undefined && refId === body.condition);
  const fires = deciding ? stepWords(deciding, { state, entity, part: deciding }) : asText(body.expr);
  const after = say.duration(body.for ?? null);
  const parts = [fires, after && `for ${after}`, asText(get(body, "labels", "severity"))];
  return parts.filter((one) => one !== undefined).join(", ");
}
