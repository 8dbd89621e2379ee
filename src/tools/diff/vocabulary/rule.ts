import { windowNoun } from "../compare/detail.ts";
import { asList, asNumber, asObject, asText, get, type Json, type JsonObject } from "../json.ts";
import { inTime, inWords } from "../words.ts";
import { linkedDashboard, linkedPanel } from "./linked.ts";
import * as say from "./say.ts";
import { type List, quoted, type Scope, type Side, type Term } from "./scope.ts";
import { unitOfStep } from "./units-of-rule.ts";

const kindOf = (item: Json): string => {
  const type = asText(get(item, "model", "type"));
  if (type === "threshold" || type === "classic_conditions") return "condition";
  return asText(get(item, "model", "expression")) !== undefined && asText(get(item, "model", "expr")) === undefined
    ? (type ?? "expression")
    : "query";
};

/** What a step is called; the one that decides is the condition, and one that is alone in its kind has no letter. */
const stepNoun: List["noun"] = (item, key, { entity }, items) => {
  const kindHere = (step: Json) => (get(step, "refId") === entity.body.condition ? "condition" : kindOf(step));
  const kind = kindHere(item);
  return items.filter((other) => kindHere(other) === kind).length > 1 ? `${kind} ${key}` : kind;
};

const window: Term = {
  what: windowNoun,
  say: (value) => {
    const [from, to] = [asNumber(get(value, "from")), asNumber(get(value, "to"))];
    return from === undefined || to === undefined
      ? undefined
      : to === 0
        ? inTime(from)
        : `${inTime(from)} to ${inTime(to)} ago`;
  },
};
const condition: Term = {
  what: (noun) => noun,
  say: (value, side) => say.conditions(value, (ref) => unitOfStep(side, ref ?? inputOf(side.part))),
};
const inputOf = (step: JsonObject): string | undefined => asText(get(step, "model", "expression"));
const formula: Term = {
  what: (noun) => noun,
  say: (value, side) =>
    get(side.part, "model", "type") === "math" ? say.formula(value, (ref) => unitOfStep(side, ref)) : undefined,
};

const data: List = {
  key: ({ refId }) => asText(refId),
  noun: stepNoun,
  scope: {
    terms: {
      "model.expr": { what: (noun) => noun, form: "query" },
      relativeTimeRange: window,
      "model.conditions": condition,
      "model.expression": formula,
      "model.reducer": { what: "by" },
      datasourceUid: { what: "data source" },
      "model.datasource": { what: "data source", say: say.datasource },
    },
  },
  say: (item, side) => said(item, side) ?? inWords(item),
};
function said(item: JsonObject, side: Side): string | undefined {
  const model = asObject(item.model);
  const at = { ...side, part: item };
  return (
    asText(model.expr) ??
    (model.conditions !== undefined
      ? condition.say?.(model.conditions, at)
      : formula.say?.(model.expression ?? null, at)) ??
    asText(model.expression)
  );
}

const ANNOTATIONS: Readonly<Record<string, Term>> = {
  runbook_url: { what: "runbook" },
  __dashboardUid__: { what: "dashboard", say: (value, { state }) => titleOf(linkedDashboard(value, state)) },
  __panelId__: { what: "panel", say: (_, side) => titleOf(linkedPanel(side)) },
};
const titleOf = (entity: Side["entity"] | undefined): string | undefined => entity && quoted(entity.title);

/** The words for an alert rule, with its group's. */
export const ruleScope: Scope = {
  terms: {
    title: { what: "title", form: "name" },
    alert: { what: "title", form: "name" },
    uid: { what: "uid" },
    expr: { what: "query", form: "query" },
    for: { what: "for", say: say.duration },
    keep_firing_for: { what: "keeps firing for", say: say.duration },
    "$group.interval": { what: "evaluated every", say: say.duration },
    "$group.folder": { what: "folder" },
    "$group.name": { what: "group" },
    noDataState: { what: "without data" },
    execErrState: { what: "on error" },
    isPaused: { what: "paused", say: say.yesNo },
    condition: { what: "deciding step" },
    dashboardUid: ANNOTATIONS.__dashboardUid__!,
    panelId: ANNOTATIONS.__panelId__!,
    $file: { what: "file" },
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
  const fires = deciding ? said(deciding, { state, entity, part: deciding }) : asText(body.expr);
  const after = say.duration(body.for ?? null);
  const parts = [fires, after && `for ${after}`, asText(get(body, "labels", "severity"))];
  return parts.filter((text) => text !== undefined).join(", ");
}
