import { type Metric, type RangeAggregation, unwrapOf } from "../../logql/ast.ts";
import type { BinaryOp, CompareOp, VectorFunction } from "../../logql/names.ts";

/** What a metric's values lie between; `open`: the least itself is never reached, `whole`: there are no fractions. */
type Bounds = Readonly<{ least: number; most: number; open: boolean; whole: boolean }>;

const ANY: Bounds = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY, open: false, whole: false };
const from = (least: number, more: Partial<Bounds> = {}): Bounds => ({ ...ANY, least, ...more });
const exactly = (value: number): Bounds => from(value, { most: value, whole: Number.isInteger(value) });
const POSITIVE = from(0, { open: true });

const RANGES: Readonly<Partial<Record<RangeAggregation["fn"], Bounds>>> = {
  // Where there is no line there is no series: what is counted is at least one.
  count_over_time: from(1, { whole: true }),
  rate: POSITIVE,
  bytes_over_time: from(0, { whole: true }),
  bytes_rate: from(0),
  stddev_over_time: from(0),
  stdvar_over_time: from(0),
  absent_over_time: exactly(1),
};
const ofRange = ({ fn, logs }: RangeAggregation): Bounds =>
  (fn === "rate" && unwrapOf(logs) ? undefined : RANGES[fn]) ?? ANY;

const isPositive = ({ least, open }: Bounds) => least > 0 || (least === 0 && open);

const shifted = (bounds: Bounds, by: number): Bounds => ({
  least: bounds.least + by,
  most: bounds.most + by,
  open: bounds.open,
  whole: bounds.whole && Number.isInteger(by),
});
const scaled = ({ least, most, open }: Bounds, by: number): Bounds =>
  by > 0 ? { least: least * by, most: most * by, open, whole: false } : ANY;

function ofArithmetic(op: BinaryOp, a: Bounds, b: Bounds): Bounds {
  const [left, right] = [a, b].map(({ least, most }) => (least === most ? least : undefined));
  if (op === "+" && right !== undefined) return shifted(a, right);
  if (op === "+" && left !== undefined) return shifted(b, left);
  if (op === "-" && right !== undefined) return shifted(a, -right);
  if (op === "*" && right !== undefined) return scaled(a, right);
  if (op === "*" && left !== undefined) return scaled(b, left);
  if (op === "/" && right !== undefined) return scaled(a, 1 / right);
  if (op === "+" && a.least >= 0 && b.least >= 0) return from(a.least + b.least, { open: a.open || b.open });
  return (op === "/" || op === "*") && isPositive(a) && isPositive(b) ? POSITIVE : ANY;
}

/** Both together. */
function either(a: Bounds, b: Bounds): Bounds {
  const { least, open } = a.least <= b.least ? a : b;
  const bothOpen = a.open && b.open;
  return {
    least,
    most: Math.max(a.most, b.most),
    open: a.least === b.least ? bothOpen : open,
    whole: a.whole && b.whole,
  };
}

function ofAggregation(fn: VectorFunction, inside: Bounds): Bounds {
  switch (fn) {
    case "count":
      return from(1, { whole: true });
    case "stddev":
    case "stdvar":
      return from(0);
    case "avg":
      return { ...inside, whole: false };
    case "sum":
      return inside.least >= 0 ? { ...inside, most: Number.POSITIVE_INFINITY } : ANY;
    default:
      return inside;
  }
}

/** What the values of a metric lie between; `unknown` says of a number that a variable gives it. */
export function boundsOf(metric: Metric, unknown: (metric: Metric) => boolean): Bounds {
  const of = (part: Metric): Bounds => {
    switch (part.kind) {
      case "range":
        return ofRange(part);
      case "vector":
        return ofAggregation(part.fn, of(part.of));
      case "binary":
        if (part.op === "or") return either(of(part.left), of(part.right));
        if (part.op === "and" || part.op === "unless") return of(part.left);
        if (/^[-+*/%^]$/.test(part.op)) return ofArithmetic(part.op, of(part.left), of(part.right));
        return part.bool ? from(0, { most: 1, whole: true }) : of(part.left);
      case "labelReplace":
        return of(part.of);
      case "number":
      case "scalarVector":
        return unknown(part) ? ANY : exactly(part.value);
      case "variable":
        return ANY;
      default:
        return part satisfies never;
    }
  };
  return of(metric);
}

/** Whether a value within these bounds can compare with a number as asked. */
export function canHold(
  { least, most, open, whole }: Bounds,
  { op, number: value }: Readonly<{ op: CompareOp; number: number }>,
): boolean {
  switch (op) {
    case "==":
      return value <= most && (open ? value > least : value >= least) && (!whole || Number.isInteger(value));
    case "!=":
      return least !== most || least !== value;
    case "<":
      return least < value;
    case "<=":
      return open ? least < value : least <= value;
    case ">":
      return most > value;
    case ">=":
      return most >= value;
    default:
      return op satisfies never;
  }
}
