import { inFrench, type Unit } from "../core/units.ts";
import { allColumns } from "../schema.ts";
import { absences } from "./absences.ts";
import type { Rule } from "./provisioned.ts";
import type { JudgedQuery, JudgedRule } from "./rule.ts";

type Judged = Pick<Rule, "judged">;
/** One comparison of a rule's condition: which value, how, with which limits, in which unit and under which name. */
export type Comparison = Readonly<{
  refId: string;
  type: string;
  limits: readonly number[];
  unit: Unit;
  name: string;
  /** The field that the value is made of, where it is one's. */
  field?: string;
}>;
/** All comparisons of a condition; one of them is enough, or all must hold. */
type Condition = Readonly<{ comparisons: readonly Comparison[]; joined: "ou" | "et" }>;

const OPERATORS = { ">": "gt", ">=": "gte", "<": "lt", "<=": "lte", "==": "eq", "!=": "ne" } as const;

/** The queries that a refId stands on. */
function queriesBelow({ data }: JudgedRule, refId: string): readonly JudgedQuery[] {
  const below = (id: string, path: readonly string[]): readonly JudgedQuery[] => {
    const datum = data.findLast((one) => one.refId === id);
    if (!datum || path.includes(id)) return [];
    if (datum.kind === "query") return [datum];
    const { model } = datum;
    const isClassic = model.type === "classic_conditions";
    const inputs = isClassic ? model.conditions.map(({ query }) => query.params[0]!) : refsIn(model.expression);
    return inputs.flatMap((input) => below(input, [...path, id]));
  };
  return below(refId, []);
}
const refsIn = (expression: string) =>
  /^\w+$/.test(expression) ? [expression] : [...expression.matchAll(/\$\{?(\w+)\}?/g)].map(([, name]) => name!);

const columnIn = (expr: string) =>
  allColumns.find((column) => column.kind === "measure" && new RegExp(`\\bunwrap ${column.name}\\b`).test(expr));

/** The unit of a value: of the field that its query reads, else of the panel that plots the rule. */
function about(
  rule: Judged,
  { refId, panelUnit }: Readonly<{ refId: string; panelUnit: string | undefined }>,
): Pick<Comparison, "unit" | "name" | "field"> {
  const expr = queriesBelow(rule.judged, refId)
    .map(({ model }) => model.expr)
    .join("\n");
  const column = columnIn(expr);
  const units: readonly Unit[] = ["s", "decbytes", "percentunit", "locale", "short"];
  const unitOfPanel = units.find((unit) => unit === panelUnit);
  return {
    unit: (column && "unit" in column ? column.unit : unitOfPanel) ?? "short",
    name: column?.title ?? (/\babsent_over_time\b/.test(expr) ? "Silence" : "la valeur"),
    ...(column && { field: column.name }),
  };
}

/** What a rule compares; no comparisons where its condition is written in a way that is not read here. */
export function conditionOf(rule: Judged, panelUnit: string | undefined): Condition {
  const { condition, data } = rule.judged;
  const datum = data.findLast(({ refId }) => refId === condition);
  const compared = (of: Pick<Comparison, "refId" | "type" | "limits">): Comparison => ({
    ...of,
    ...about(rule, { refId: of.refId, panelUnit }),
  });
  if (datum?.kind !== "expression") return { comparisons: [], joined: "ou" };
  const { model } = datum;
  if (model.type === "threshold") {
    const [{ evaluator }] = model.conditions;
    const { type, params: limits } = evaluator;
    return { comparisons: [compared({ refId: model.expression, type, limits })], joined: "ou" };
  }
  if (model.type !== "math") return { comparisons: [], joined: "ou" };
  const found = [...model.expression.matchAll(/\$\{?(\w+)\}?\s*(>=|<=|==|!=|>|<)\s*(-?[\d.]+(?:e[+-]?\d+)?)/gi)];
  const comparisons = found.map(([, refId, operator, limit]) =>
    compared({ refId: refId!, type: OPERATORS[operator as keyof typeof OPERATORS], limits: [Number(limit)] }),
  );
  return { comparisons, joined: model.expression.includes("&&") ? "et" : "ou" };
}

/** What is drawn of a rule besides its states: what a silence measures is its threshold, and its states say all. */
export const drawnOf = (rule: Judged, unit: string | undefined): readonly Comparison[] =>
  absences(rule.judged).length > 0 ? [] : conditionOf(rule, unit).comparisons;

const WORDS: Readonly<Record<string, string>> = {
  gt: "dépasse",
  gte: "atteint",
  lt: "passe sous",
  lte: "ne dépasse plus",
  eq: "vaut",
  ne: "n'est plus",
  within_range: "se tient entre",
  outside_range: "sort de l'intervalle de",
};

const spoken = (seconds: number) => inFrench({ value: seconds, unit: "s" });

/** The condition of a rule as a sentence. */
export function inWords(
  rule: Judged,
  { comparisons, joined }: Condition,
  { every, wait }: Readonly<{ every: number; wait: number }>,
): string {
  const part = ({ type, limits, unit, name }: Comparison) =>
    `${name} ${WORDS[type] ?? type} ${limits.map((value) => inFrench({ value, unit })).join(" et ")}`;
  const held = wait > 0 ? `, pendant au moins ${spoken(wait)}` : "";
  const silences = absences(rule.judged).map(spoken);
  if (silences.length > 0)
    return `Se déclenche quand une source attendue, ou toutes, se taisent depuis ${silences.join(" ou ")}${held}. Évaluée toutes les ${spoken(every)}.`;
  const what = comparisons.length > 0 ? comparisons.map(part).join(` ${joined} `) : "sa condition est remplie";
  const ranges = rule.judged.data.flatMap((datum) => (datum.kind === "query" ? [datum.relativeTimeRange] : []));
  const [window, ...others] = new Set(ranges.map(({ from, to }) => from - to));
  const over = window !== undefined && others.length === 0 ? `, sur les ${spoken(window)} qui précèdent` : "";
  return `Se déclenche quand ${what}${over}${held}. Évaluée toutes les ${spoken(every)}.`;
}
