import { queryLikeness } from "../compare/similarity.ts";
import { asList, asObject, asText, get, type JsonObject } from "../json.ts";
import type { Panel } from "../model/model.ts";
import { linkedPanel } from "./linked.ts";
import type { Side } from "./scope.ts";
import { unitOfTarget } from "./units-of-panel.ts";

/** The query that a step of a rule starts from, through reductions and formulas. */
function sourceOf(
  steps: readonly JsonObject[],
  ref: string | undefined,
  seen: readonly string[] = [],
): JsonObject | undefined {
  const step = steps.find(({ refId }) => refId !== undefined && refId === ref);
  if (!step || seen.includes(ref!)) return undefined;
  const input = asText(get(step, "model", "expression"));
  if (input === undefined || asText(get(step, "model", "expr")) !== undefined) return step;
  return sourceOf(steps, /^\$?\{?(\w+)/.exec(input.trim())?.[1], [...seen, ref!]);
}

/** The unit that a panel shows a query in: that of the target most like it. */
function unitOn(panel: Panel, query: string): string | undefined {
  const targets = asList(panel.body.targets).map((target) => ({
    ref: get(target, "refId"),
    like: queryLikeness(asText(get(target, "expr")) ?? "", query),
  }));
  const best = targets.reduce<(typeof targets)[number] | undefined>(
    (most, next) => (most && most.like >= next.like ? most : next),
    undefined,
  );
  return unitOfTarget(panel, asText(best?.ref));
}

/** The unit of a step of a rule: rules state none, the panel that the rule links to does. */
export function unitOfStep(side: Side, ref: string | undefined): string | undefined {
  const panel = linkedPanel(side);
  const steps = asList(side.entity.body.data).map(asObject);
  const query = asText(get(sourceOf(steps, ref), "model", "expr"));
  return panel && query !== undefined ? unitOn(panel, query) : undefined;
}
