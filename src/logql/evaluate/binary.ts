import { collected } from "../../core/kept.ts";
import type { Binary, Matching } from "../ast.ts";
import { EvaluationError } from "../errors.ts";
import { isSetOp } from "../names.ts";
import { comparisons } from "./filters.ts";
import { keyOf, type Labels } from "./labels.ts";
import { emptySeries, put, type Result, type Series, seriesStore } from "./series.ts";

const compares: Readonly<Record<string, (a: number, b: number) => boolean>> = comparisons;
const computes: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? Number.NaN : a / b),
  "%": (a, b) => (b === 0 ? Number.NaN : a % b),
  "^": (a, b) => a ** b,
};

/** The value of two numbers; undefined where a comparison without `bool` does not hold. */
function combine({ op, bool }: Binary, a: number, b: number, kept = a): number | undefined {
  const holds = compares[op];
  if (!holds) return computes[op]!(a, b);
  if (bool) return holds(a, b) ? 1 : 0;
  return holds(a, b) ? kept : undefined;
}

/** An operation of two sides, at each moment by itself. */
export function binary(node: Binary, sides: Readonly<{ left: Result; right: Result; moments: number }>): Result {
  const { left, right, moments } = sides;
  if (left.kind === "scalar") {
    if (right.kind === "scalar") return scalars(node, left.values, right.values);
    return withScalar(node, right.series, { scalar: left.values, side: "left", moments });
  }
  if (right.kind === "scalar") return withScalar(node, left.series, { scalar: right.values, side: "right", moments });
  const both = { left: left.series, right: right.series, moments };
  return { kind: "vector", series: isSetOp(node.op) ? setOperation(node, both) : matched(node, both) };
}

function scalars(node: Binary, left: Float64Array, right: Float64Array): Result {
  const asNumber = { ...node, bool: true } as const;
  return { kind: "scalar", values: left.map((a, i) => combine(asNumber, a, right[i]!)!) };
}

type Scalar = Readonly<{ scalar: Float64Array; side: "left" | "right"; moments: number }>;
function withScalar(node: Binary, series: readonly Series[], { scalar, side, moments }: Scalar): Result {
  const combined = series.map(({ labels, values, has }) => {
    const made = emptySeries(labels, moments);
    for (let moment = 0; moment < moments; moment++) {
      if (!has[moment]) continue;
      const [value, number] = [values[moment]!, scalar[moment]!];
      const result = side === "left" ? combine(node, number, value, value) : combine(node, value, number);
      if (result !== undefined) put(made, moment, result);
    }
    return made;
  });
  return { kind: "vector", series: combined.filter(({ has }) => has.includes(1)) };
}

/** What series of two sides must share to find each other. */
function signatureOf(matching: Matching | undefined): (labels: Labels) => string {
  if (!matching) return keyOf;
  const names = new Set(matching.labels);
  const kept = (name: string) => names.has(name) === (matching.kind === "on");
  return (labels) =>
    keyOf(Object.fromEntries(Object.entries(labels).filter(([name, value]) => kept(name) && value !== "")));
}

/** Series with what they must share to find each other. */
const keyed = (side: readonly Series[], matching: Matching | undefined) => {
  const signature = signatureOf(matching);
  return side.map((series) => ({ series, key: signature(series.labels) }));
};

type Sides = Readonly<{ left: readonly Series[]; right: readonly Series[]; moments: number }>;

function setOperation({ op, matching }: Binary, { left, right, moments }: Sides): readonly Series[] {
  const [leftKeys, rightKeys] = [keyed(left, matching), keyed(right, matching)];
  const copies = collected<Series, Series>();
  const copy = (one: Series, moment: number) => {
    const made = copies.of(one, () => emptySeries(one.labels, moments));
    put(made, moment, one.values[moment]!);
  };
  for (let moment = 0; moment < moments; moment++) {
    const present = (side: typeof leftKeys) => side.filter(({ series }) => series.has[moment]);
    const [here, there] = [present(leftKeys), present(rightKeys)];
    const keys = new Set((op === "or" ? here : there).map(({ key }) => key));
    for (const { series, key } of here) if (op === "or" || keys.has(key) === (op === "and")) copy(series, moment);
    if (op === "or") for (const { series, key } of there) if (!keys.has(key)) copy(series, moment);
  }
  return [...copies.all.values()];
}

/** The labels of a pair: the many side's, less what `on` and `ignoring` leave out, and what `group_…` takes over. */
function pairLabels(many: Labels, one: Labels, matching?: Matching): Labels {
  const result: Record<string, string> = {};
  const names = new Set(matching?.labels);
  const kept = (name: string) =>
    !matching || matching.group !== undefined || names.has(name) === (matching.kind === "on");
  for (const name in many) if (many[name] !== "" && kept(name)) result[name] = many[name]!;
  for (const name of matching?.include ?? []) {
    const value = one[name];
    if (value) result[name] = value;
    else delete result[name];
  }
  return result;
}

function matched(node: Binary, { left, right, moments }: Sides): readonly Series[] {
  const { matching } = node;
  const swapped = matching?.group === "right";
  const [many, one] = swapped ? [right, left] : [left, right];
  const [manys, ones] = [keyed(many, matching), keyed(one, matching)];
  const store = seriesStore(moments);
  for (let moment = 0; moment < moments; moment++) {
    const byKey = new Map<string, Series>();
    for (const { series, key } of ones) {
      if (!series.has[moment]) continue;
      if (byKey.has(key))
        throw new EvaluationError(
          `found duplicate series on the ${swapped ? "left" : "right"} hand-side;many-to-many matching not allowed: matching labels must be unique on one side`,
        );
      byKey.set(key, series);
    }
    const used = new Set<string>();
    for (const { series, key } of manys) {
      const partner = series.has[moment] ? byKey.get(key) : undefined;
      if (!partner) continue;
      const labels = pairLabels(series.labels, partner.labels, matching);
      const pair = matching?.group ? `${key}\u0002${keyOf(labels)}` : key;
      if (used.has(pair))
        throw new EvaluationError(
          matching?.group
            ? "multiple matches for labels: grouping labels must ensure unique matches"
            : "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
        );
      used.add(pair);
      const [a, b] = swapped ? [partner, series] : [series, partner];
      const value = combine(node, a.values[moment]!, b.values[moment]!);
      if (value !== undefined) put(store.at(labels), moment, value);
    }
  }
  return store.all();
}
