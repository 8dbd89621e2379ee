import { linkOf } from "../../../core/documents/rules.ts";
import { likeness } from "../compare/match.ts";
import { asList, asObject, asText, get, type Json, type JsonObject } from "../json.ts";
import type { Dashboard, Panel } from "../model/model.ts";
import { queryTokens } from "../tokens.ts";
import type { Side } from "./scope.ts";

export const linkedDashboard = (uid: Json | undefined, { dashboards }: Side["state"]): Dashboard | undefined =>
  dashboards.find(({ id }) => id !== undefined && id === uid);

/** The panel that a rule links to. */
export function linkedPanel({ state, entity: { body } }: Omit<Side, "part">): Panel | undefined {
  const link = linkOf(body);
  return link && linkedDashboard(link.dashboard, state)?.panels.find(({ id }) => id === link.panel);
}

/** The unit in which a panel shows a query: its override's, that of the table column it becomes, or the panel's own. */
export function unitOfTarget({ body }: Panel, refId: string | undefined): string | undefined {
  const columns = asList(body.transformations).map((one) => get(one, "options", "renameByName", `Value #${refId}`));
  const isMeant = (id: Json | undefined, options: Json | undefined) =>
    options !== undefined &&
    ((id === "byFrameRefID" && options === refId) || (id === "byName" && columns.includes(options)));
  const units = asList(get(body, "fieldConfig", "overrides"))
    .filter((override) => isMeant(get(override, "matcher", "id"), get(override, "matcher", "options")))
    .map((override) => asText(get(override, "properties", "unit")));
  return units.findLast((unit) => unit !== undefined) ?? asText(get(body, "fieldConfig", "defaults", "unit"));
}

/** The query that a step of a rule starts from, through reductions and formulas. */
function sourceOf(steps: readonly JsonObject[], ref: string | undefined): JsonObject {
  const step = steps.find(({ refId }) => refId !== undefined && refId === ref);
  if (!step) return {};
  const input = asText(get(step, "model", "expression"));
  if (input === undefined || asText(get(step, "model", "expr")) !== undefined) return step;
  const others = steps.filter(({ refId }) => refId !== ref);
  return sourceOf(others, /^\$?\{?(\w+)/.exec(input.trim())?.[1]);
}

const wordsOf = (expr: Json | undefined) => queryTokens(asText(expr) ?? "").map(({ text }) => text);

/** The unit of a rule's step: rules state none, the panel that the rule links to does, for the query most like it. */
export function unitOfStep(side: Side, ref: string | undefined): string | undefined {
  const panel = linkedPanel(side);
  const query = get(sourceOf(asList(side.entity.body.data).map(asObject), ref), "model", "expr");
  if (!panel || asText(query) === undefined) return undefined;
  const alike = (target: Json) => likeness(wordsOf(query), wordsOf(get(target, "expr")));
  const [best] = asList(panel.body.targets).toSorted((a, b) => alike(b) - alike(a));
  return unitOfTarget(panel, asText(get(best, "refId")));
}
