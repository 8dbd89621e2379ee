import type { Stated } from "../finding.ts";
import { get, listOf, type Node, numberOf, textOf } from "./nodes.ts";

/** Panels that show no plain values, and calculations that change what a value is. */
const OTHER_PANELS = new Set(["logs", "text", "heatmap", "histogram", "nodeGraph", "traces", "flamegraph"]);
const COUNTING = new Set(["count", "distinctCount", "changeCount", "diffperc", "allIsZero", "allIsNull"]);

type Told = Readonly<{ stated: readonly Stated[]; thresholds: readonly number[] }>;
const NOTHING: Told = { stated: [], thresholds: [] };

/** The unit and the thresholds that a panel gives to the values of one of its queries, where both are beyond doubt. */
export function unitsOf(panel: Node, target: Node): Told {
  const calculations = listOf(get(panel, "options", "reduceOptions", "calcs")).map(textOf);
  const transformed = listOf(get(panel, "transformations")).length > 0;
  if (transformed || OTHER_PANELS.has(textOf(get(panel, "type")) ?? "") || calculations.some((name) => name !== undefined && COUNTING.has(name)))
    return NOTHING;

  let unit = textOf(get(panel, "fieldConfig", "defaults", "unit"));
  let thresholds = get(panel, "fieldConfig", "defaults", "thresholds");
  const legend = textOf(get(target, "legendFormat")) ?? "{{}}";
  for (const override of listOf(get(panel, "fieldConfig", "overrides"))) {
    const [matcher, name] = [textOf(get(override, "matcher", "id")), textOf(get(override, "matcher", "options"))];
    const properties = new Map(listOf(get(override, "properties")).map((property) => [textOf(get(property, "id")), get(property, "value")]));
    if (!properties.has("unit") && !properties.has("thresholds")) continue;
    const byQuery = matcher === "byFrameRefID";
    if (!byQuery && (matcher !== "byName" || /\{\{/.test(legend))) return NOTHING;
    if (name !== (byQuery ? textOf(get(target, "refId")) : legend)) continue;
    unit = textOf(properties.get("unit")) ?? unit;
    thresholds = properties.get("thresholds") ?? thresholds;
  }
  if (!unit || unit === "none") return NOTHING;
  const steps = textOf(get(thresholds, "mode")) === "percentage" ? [] : listOf(get(thresholds, "steps"));
  const title = textOf(get(panel, "title"));
  return { stated: [{ by: title ? `the panel "${title}"` : "the panel", unit }], thresholds: steps.flatMap((step) => numberOf(get(step, "value")) ?? []) };
}
