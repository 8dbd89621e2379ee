import { GRAFANA_UNITS, type Scaled } from "../../core/grafana-units.ts";
import { type Binary, type Metric, nodes, type RangeAggregation, unwrapOf } from "../../logql/ast.ts";
import { columns } from "../../schema.ts";
import { hasVariable, type Subject } from "./rule.ts";

/** `anything` fits every unit (a plain number, what was multiplied by 0); undefined is a unit that cannot be told. */
type Inferred = Scaled | "anything" | undefined;

const OWN: ReadonlyMap<string, string> = new Map(
  Object.values(columns).flatMap(({ name, unit }) => (unit ? [[name, unit] as const] : [])),
);
const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/_(?:s|secs?|seconds)$/, "s"],
  [/_(?:ms|millis|milliseconds)$/, "ms"],
  [/_(?:bytes|octets)$/, "bytes"],
];

/** A field's unit: of this project's schema, else by its suffix (`_s`, `_seconds`, `_ms`, `_bytes`, `_octets`…). */
function fieldUnit(name: string): Scaled | undefined {
  const id = OWN.get(name) ?? SUFFIXES.find(([suffix]) => suffix.test(name))?.[1];
  return id === undefined ? undefined : GRAFANA_UNITS.get(id);
}

const number: Scaled = { of: "number", scale: 1 };
const perSecond = (field: Inferred): Inferred =>
  field !== "anything" && field?.of === "bytes" ? { of: "bytes per second", scale: field.scale } : undefined;

function unwrapped({ logs }: RangeAggregation): Inferred {
  const unwrap = unwrapOf(logs);
  if (!unwrap) return undefined;
  if (unwrap.conversion?.startsWith("duration")) return GRAFANA_UNITS.get("s");
  if (unwrap.conversion === "bytes") return GRAFANA_UNITS.get("bytes");
  const fields = logs.stages.flatMap((stage) => (stage.kind === "json" || stage.kind === "logfmt" ? stage.fields : []));
  const path = fields.find(({ name }) => name === unwrap.label)?.path;
  return fieldUnit(unwrap.label) ?? (path === undefined ? undefined : fieldUnit(path));
}

/** The unit of a range function that is not the one of what it unwraps. */
const OF_RANGE: Readonly<Partial<Record<RangeAggregation["fn"], Inferred>>> = {
  count_over_time: number,
  bytes_over_time: GRAFANA_UNITS.get("bytes"),
  bytes_rate: GRAFANA_UNITS.get("Bps"),
  absent_over_time: undefined,
  stdvar_over_time: undefined,
  rate_counter: undefined,
};
function ofRange(range: RangeAggregation): Inferred {
  if (range.fn === "rate") return unwrapOf(range.logs) ? perSecond(unwrapped(range)) : number;
  return Object.hasOwn(OF_RANGE, range.fn) ? OF_RANGE[range.fn] : unwrapped(range);
}

const scaled = (by: number | undefined, of: Inferred): Inferred => {
  if (by === 0) return "anything";
  return by === undefined || of === undefined || of === "anything" ? undefined : { ...of, scale: of.scale / by };
};

/** The value of a number; undefined for anything else, and for one that a variable gives. */
const literalOf = (part: Metric, subject: Subject): number | undefined =>
  part.kind === "number" && !hasVariable(subject, part) ? part.value : undefined;

/** What is known of the parts of a metric. */
type Parts = Readonly<{ subject: Subject; unitOf: (part: Metric) => Inferred }>;

function ofBinary({ op, bool, left, right }: Binary, { subject, unitOf }: Parts): Inferred {
  const [a, b] = [unitOf(left), unitOf(right)];
  switch (op) {
    case "and":
    case "unless":
      return a;
    case "or":
    case "+":
    case "-":
      if (a === "anything" || b === "anything") return a === "anything" ? b : a;
      return a && b && a.of === b.of && a.scale === b.scale ? a : undefined;
    case "*":
      if (left.kind === "number") return scaled(literalOf(left, subject), b);
      return right.kind === "number" ? scaled(literalOf(right, subject), a) : undefined;
    case "/":
      if (right.kind === "number") return literalOf(right, subject) ? scaled(1 / right.value, a) : undefined;
      if (!a || !b || a === "anything" || b === "anything") return undefined;
      if (a.of === b.of) return { of: "share", scale: a.scale / b.scale };
      return b.of === "number" && b.scale === 1 ? a : undefined;
    case "%":
    case "^":
      return undefined;
    default:
      return bool ? undefined : a;
  }
}

function infer(part: Metric, parts: Parts): Inferred {
  switch (part.kind) {
    case "range":
      return ofRange(part);
    case "vector":
      if (part.fn === "count") return number;
      return part.fn === "stdvar" ? undefined : parts.unitOf(part.of);
    case "labelReplace":
      return parts.unitOf(part.of);
    case "binary":
      return ofBinary(part, parts);
    case "number":
      return literalOf(part, parts.subject) === undefined ? undefined : "anything";
    case "scalarVector":
      return "anything";
    case "variable":
      return undefined;
    default:
      return part satisfies never;
  }
}

/** The unit of a metric's values, where it can be told; parts come before what holds them, however deep they are. */
export function unitOfMetric(metric: Metric, subject: Subject): Scaled | undefined {
  const units = new Map<Metric, Inferred>();
  const parts: Parts = { subject, unitOf: (part) => units.get(part) };
  for (const part of nodes(metric).toReversed()) units.set(part, infer(part, parts));
  const unit = units.get(metric);
  return unit === "anything" ? undefined : unit;
}
