import {
  type BinaryOp,
  type CompareOp,
  type Metric,
  type RangeAggregation,
  unwrapOf,
  type VectorFunction,
} from "../../logql/ast.ts";

/** What a metric's values lie between; `open`: the least itself is never reached, `whole`: there are no fractions. */
type Bounds = Readonly<{ least: number; most: number; open?: boolean; whole?: boolean }>;

const ANY: Bounds = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
const from = (least: number, more: Omit<Partial<Bounds>, "least"> = {}): Bounds => ({
  least,
  most: Number.POSITIVE_INFINITY,
  ...more,
});
const exactly = (value: number): Bounds => ({ least: value, most: value, whole: Number.isInteger(value) });

/** Where there is no line there is no series: what is counted is at least one. */
function ofRange({ fn, logs }: RangeAggregation): Bounds {
  switch (fn) {
    case "count_over_time":
      return from(1, { whole: true });
    case "rate":
      return unwrapOf(logs) ? ANY : from(0, { open: true });
    case "bytes_over_time":
      return from(0, { whole: true });
    case "bytes_rate":
    case "stddev_over_time":
    case "stdvar_over_time":
      return from(0);
    case "absent_over_time":
      return exactly(1);
    default:
      return ANY;
  }
}

const isPositive = ({ least, open }: Bounds) => least > 0 || (least === 0 && open === true);

function shifted({ least, most, open, whole }: Bounds, by: number): Bounds {
  return { least: least + by, most: most + by, open: open === true, whole: whole === true && Number.isInteger(by) };
}

function scaled({ least, most, open }: Bounds, by: number): Bounds {
  return by > 0 ? { least: least * by, most: most * by, open: open === true } : ANY;
}

function ofArithmetic(op: BinaryOp, a: Bounds, b: Bounds): Bounds {
  const [left, right] = [a, b].map(({ least, most }) => (least === most ? least : undefined));
  if (op === "+" && right !== undefined) return shifted(a, right);
  if (op === "+" && left !== undefined) return shifted(b, left);
  if (op === "-" && right !== undefined) return shifted(a, -right);
  if (op === "*" && right !== undefined) return scaled(a, right);
  if (op === "*" && left !== undefined) return scaled(b, left);
  if (op === "/" && right !== undefined) return scaled(a, 1 / right);
  if (op === "+" && a.least >= 0 && b.least >= 0)
    return from(a.least + b.least, { open: a.open === true || b.open === true });
  if (op === "/" && isPositive(a) && isPositive(b)) return from(0, { open: true });
  return op === "*" && isPositive(a) && isPositive(b) ? from(0, { open: true }) : ANY;
}

/** Both together. */
function either(a: Bounds, b: Bounds): Bounds {
  const [lower] = a.least <= b.least ? [a, b] : [b, a];
  const open = a.least === b.least ? a.open === true && b.open === true : lower.open === true;
  return { least: lower.least, most: Math.max(a.most, b.most), open, whole: a.whole === true && b.whole === true };
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
        return part.bool ? { least: 0, most: 1, whole: true } : of(part.left);
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
  { least, most, open = false, whole = false }: Bounds,
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
