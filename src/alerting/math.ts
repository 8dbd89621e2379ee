import { kept } from "../core/kept.ts";
import { plural } from "../core/printable.ts";
import { applyBinary, applyUnary, constants, functions } from "./math-operators.ts";
import { type MathNode, parseMath } from "./math-parser.ts";
import { unsupported } from "./unsupported.ts";
import { type Labels, labelsOf, mapValue, noData, number, type Series, scalar, series, type Value } from "./values.ts";

type Variables = (refId: string) => readonly Value[];
type Pair = Readonly<{ left: Value; right: Value; labels: Labels }>;

/** The labels of two values that belong together: one holds all of the other's. */
function joined(a: Labels, b: Labels): Labels | undefined {
  const [all, some] = Object.keys(a).length >= Object.keys(b).length ? [a, b] : [b, a];
  return Object.entries(some).every(([name, value]) => all[name] === value) ? all : undefined;
}

/** Every pair of a left and a right value whose labels go together; the others are dropped. */
export function union(left: readonly Value[], right: readonly Value[]): readonly Pair[] {
  const [a] = left;
  const [b] = right;
  if (!a || !b) return [];
  if ((left.length === 1 || right.length === 1) && (a.kind === "noData" || b.kind === "noData"))
    return [{ left: a, right: b, labels: {} }];
  const pairs = left.flatMap((one) =>
    right.flatMap((other) => {
      const labels = joined(labelsOf(one), labelsOf(other));
      return labels ? [{ left: one, right: other, labels }] : [];
    }),
  );
  // One value on each side is combined whatever its labels, which are lost.
  return pairs.length === 0 && left.length === 1 && right.length === 1 ? [{ left: a, right: b, labels: {} }] : pairs;
}

type Apply = ReturnType<typeof applyBinary>;
/** Two series meet at equal times only. */
function seriesPair(apply: Apply, { left, right }: Readonly<{ left: Series; right: Series }>) {
  const others = new Map(right.points);
  return left.points.flatMap(([time, value]) =>
    others.has(time) ? [[time, apply(value, others.get(time)!)] as const] : [],
  );
}

function combine(apply: Apply, { left, right, labels }: Pair): Value {
  if (left.kind === "noData" || right.kind === "noData") return noData;
  if (left.kind === "series" && right.kind === "series") return series(labels, seriesPair(apply, { left, right }));
  if (left.kind === "series")
    return mapValue({ ...left, labels }, (value) => apply(value, (right as Exclude<typeof right, Series>).value));
  if (right.kind === "series") return mapValue({ ...right, labels }, (value) => apply(left.value, value));
  const value = apply(left.value, right.value);
  return left.kind === "scalar" && right.kind === "scalar" ? scalar(value) : number(labels, value);
}

function call({ name, args }: Extract<MathNode, { kind: "call" }>, variables: Variables): readonly Value[] {
  if (Object.hasOwn(constants, name) && args.length === 0) return [scalar(constants[name]!)];
  const each = functions[name];
  if (!each || args.length !== 1)
    throw unsupported(`${name} of ${plural(args.length, "argument")} in a formula`, Object.keys(functions));
  return walk(args[0]!, variables).map((value) => mapValue(value, each));
}

function walk(node: MathNode, variables: Variables): readonly Value[] {
  switch (node.kind) {
    case "number":
      return [scalar(node.value)];
    case "variable":
      return variables(node.name);
    case "unary":
      return walk(node.of, variables).map((value) => mapValue(value, (of) => applyUnary(node.op, of)));
    case "binary": {
      const apply = applyBinary(node.op);
      return union(walk(node.left, variables), walk(node.right, variables)).map((pair) => combine(apply, pair));
    }
    case "call":
      return call(node, variables);
    default:
      return node satisfies never;
  }
}

/** A formula is parsed once, however often it is evaluated. */
const parseOnce = kept(500, parseMath);

/** A `math` expression over the values of other refIds. */
export const evaluateMath = (formula: string, variables: Variables): readonly Value[] =>
  walk(parseOnce(formula), variables);
