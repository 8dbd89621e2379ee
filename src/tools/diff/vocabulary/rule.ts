import { windowNoun } from "../compare/detail.ts";
import { asList, asObject, asText, get, type Json, type JsonObject } from "../json.ts";
import { inWords } from "../words.ts";
import * as say from "./say.ts";
import { here, joined, named, quoted, type Side, saying, type Term, title, words } from "./scope.ts";
import { linkedDashboard, linkedPanel, unitOfStep } from "./units.ts";

/** What a step is called: the one that decides is the condition. */
function kindOf(step: Json, { body }: Side["entity"]): string {
  const { type, expression, expr } = asObject(get(step, "model"));
  const decides = get(step, "refId") === body.condition || type === "threshold" || type === "classic_conditions";
  if (decides) return "condition";
  return asText(expression) === undefined || asText(expr) !== undefined ? "query" : (asText(type) ?? "expression");
}

const condition = (value: Json, side: Side) =>
  say.conditions(value, (ref) => unitOfStep(side, ref ?? asText(get(side.part, "model", "expression"))));
const formula = (value: Json, side: Side) =>
  get(side.part, "model", "type") === "math" ? say.formula(value, (ref) => unitOfStep(side, ref)) : undefined;

function stepWords(item: JsonObject, side: Side): string | undefined {
  const { expr, conditions, expression = null } = asObject(item.model);
  const at = { ...side, part: item };
  const decided = conditions === undefined ? formula(expression, at) : condition(conditions, at);
  return asText(expr) ?? decided ?? asText(expression);
}

const data = named({
  of: "step",
  by: "refId",
  noun: (item, { key, entity, items }) => {
    const kind = kindOf(item, entity);
    // One that is alone in its kind has no letter.
    return items.filter((other) => kindOf(other, entity) === kind).length > 1 ? `${kind} ${key}` : kind;
  },
  scope: words({
    terms: {
      "model.expr": here({ form: "query" }),
      relativeTimeRange: { what: windowNoun, say: say.lookBack },
      "model.conditions": here({ say: condition }),
      "model.expression": here({ say: formula }),
      "model.reducer": "by",
      datasourceUid: "data source",
    },
  }),
  say: (item, side) => stepWords(item, side) ?? inWords(item),
  order: undefined,
});

const titleOf = (entity: Side["entity"] | undefined): string | undefined => entity && quoted(entity.title);
const dashboard = saying("dashboard", (value, { state }) => titleOf(linkedDashboard(value, state)));
const panel = saying("panel", (_, side) => titleOf(linkedPanel(side)));
const ANNOTATIONS: Readonly<Record<string, Term>> = {
  runbook_url: { what: "runbook" },
  __dashboardUid__: dashboard,
  __panelId__: panel,
};

/** The words for an alert rule, with its group's. */
export const ruleScope = words({
  terms: {
    alert: title,
    for: "for",
    keep_firing_for: "keeps firing for",
    "$group.interval": "evaluated every",
    "$group.folder": "folder",
    "$group.name": "group",
    noDataState: "without data",
    execErrState: "on error",
    isPaused: "paused",
    condition: "deciding step",
    dashboardUid: dashboard,
    panelId: panel,
  },
  lists: { data },
  maps: {
    labels: (key) => ({ what: key === "severity" ? "severity" : `label ${quoted(key)}` }),
    annotations: (key) => (Object.hasOwn(ANNOTATIONS, key) ? ANNOTATIONS[key]! : { what: key, form: "text" }),
  },
});

/** Says a rule that came or went: when it fires, how grave that is. */
export function ruleSummary(entity: Side["entity"], state: Side["state"]): string {
  const { body } = entity;
  const steps = asList(body.data).map(asObject);
  const deciding = steps.find(({ refId }) => refId !== undefined && refId === body.condition);
  const fires = deciding ? stepWords(deciding, { state, entity, part: deciding }) : asText(body.expr);
  const after = body.for === undefined ? undefined : `for ${inWords(body.for)}`;
  return joined(fires, after, asText(get(body, "labels", "severity")));
}
