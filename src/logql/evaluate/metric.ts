import type { LabelReplace, Metric, RangeAggregation, VectorAggregation } from "../ast.ts";
import { EvaluationError } from "../errors.ts";
import { regex } from "../regex.ts";
import { expand } from "../template/functions/regexp.ts";
import { binary } from "./binary.ts";
import type { Labels } from "./labels.ts";
import { handedDown, rangeAggregation, type Scene } from "./ranges.ts";
import { put, type Result, type Series, seriesStore } from "./series.ts";
import { vectorAggregation } from "./vectors.ts";

/** The value of a metric query at each moment of a scene. */
export function evaluateMetric(metric: Metric, scene: Scene): Result {
  const moments = scene.moments.length;
  switch (metric.kind) {
    case "number":
      return { kind: "scalar", values: new Float64Array(moments).fill(metric.value) };
    case "scalarVector": {
      const store = seriesStore(moments);
      for (const moment of scene.moments.keys()) put(store.at({}), moment, metric.value);
      return { kind: "vector", series: store.all() };
    }
    case "range":
      if (isGroupedAverage(metric)) return groupedAverage(metric, scene);
      return { kind: "vector", series: rangeAggregation(metric, scene) };
    case "vector":
      return { kind: "vector", series: aggregate(metric, scene) };
    case "binary":
      return binary(metric, {
        left: evaluateMetric(metric.left, scene),
        right: evaluateMetric(metric.right, scene),
        moments,
      });
    case "labelReplace":
      return { kind: "vector", series: labelReplace(metric, seriesOf(evaluateMetric(metric.of, scene), scene)) };
    case "variable":
      throw new EvaluationError(`${metric.name} is a dashboard's variable: fill it in first`);
    default:
      return metric satisfies never;
  }
}

/** A scalar where a vector is needed is a series without labels. */
function seriesOf(result: Result, { moments }: Scene): readonly Series[] {
  if (result.kind === "vector") return result.series;
  return [{ labels: {}, values: result.values, has: new Uint8Array(moments.length).fill(1) }];
}

function aggregate(node: VectorAggregation, scene: Scene): readonly Series[] {
  const { of } = node;
  const inner =
    of.kind === "range" && !isGroupedAverage(of)
      ? rangeAggregation(of, scene, { grouping: handedDown(node, of) })
      : seriesOf(evaluateMetric(of, scene), scene);
  return vectorAggregation(node, { series: inner, moments: scene.moments.length });
}

const isGroupedAverage = ({ fn, grouping }: RangeAggregation) => fn === "avg_over_time" && grouping !== undefined;

/** Loki makes a grouped mean of a sum and a count, and counts the lines that have nothing to unwrap too. */
function groupedAverage(node: RangeAggregation, scene: Scene): Result {
  const { grouping, ...rest } = node;
  const cut = node.logs.stages.findIndex(({ kind }) => kind === "unwrap");
  const logs = { ...node.logs, stages: node.logs.stages.slice(0, cut) };
  const counted: RangeAggregation = { ...rest, fn: "count_over_time", logs };
  const sumBy = (of: RangeAggregation): Metric => ({ kind: "vector", fn: "sum", grouping: grouping!, of });
  const sum = sumBy({ ...rest, fn: "sum_over_time" });
  return evaluateMetric({ kind: "binary", op: "/", left: sum, right: sumBy(counted) }, scene);
}

/** Series that come to have equal labels stay apart, as in Loki. */
function labelReplace(
  { target, replacement, source, regex: pattern }: LabelReplace,
  series: readonly Series[],
): readonly Series[] {
  const compiled = regex(`^(?:${pattern})$`);
  return series.map((one) => {
    const found = compiled.matcher(one.labels[source] ?? "");
    if (!found.find()) return one;
    return { ...one, labels: relabel(one.labels, { name: target, value: expand(replacement, found) }) };
  });
}

function relabel(labels: Labels, { name, value }: Readonly<{ name: string; value: string }>): Labels {
  const { [name]: _old, ...rest } = labels;
  return value === "" ? rest : { ...rest, [name]: value };
}
