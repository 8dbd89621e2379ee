import { asList, asNumber, asText, get, type Json } from "../../../core/documents/json.ts";
import type { Stated } from "../finding.ts";

/** Panels that show no plain values, and calculations that change what a value is. */
const OTHER_PANELS = new Set(["logs", "text", "heatmap", "histogram", "nodeGraph", "traces", "flamegraph"]);
const COUNTING = new Set(["count", "distinctCount", "changeCount", "diffperc", "allIsZero", "allIsNull"]);

type PanelUnits = Readonly<{ stated: readonly Stated[]; thresholds: readonly number[] }>;
const NOTHING: PanelUnits = { stated: [], thresholds: [] };

/** The unit and the thresholds that a panel gives to the values of one of its queries, where both are beyond doubt. */
export function unitsOf(panel: Json, target: Json): PanelUnits {
  // What is hidden is shown by nobody, or by an expression, whose unit it is.
  if (get(target, "hide") === true) return NOTHING;
  const calculations = asList(get(panel, "options", "reduceOptions", "calcs")).map(asText);
  const transformed = asList(get(panel, "transformations")).length > 0;
  if (
    transformed ||
    OTHER_PANELS.has(asText(get(panel, "type")) ?? "") ||
    calculations.some((name) => name !== undefined && COUNTING.has(name))
  )
    return NOTHING;

  let unit = asText(get(panel, "fieldConfig", "defaults", "unit"));
  let thresholds = get(panel, "fieldConfig", "defaults", "thresholds");
  const legend = asText(get(target, "legendFormat")) ?? "{{}}";
  for (const override of asList(get(panel, "fieldConfig", "overrides"))) {
    const [matcher, name] = [asText(get(override, "matcher", "id")), asText(get(override, "matcher", "options"))];
    const properties = new Map(
      asList(get(override, "properties")).map((property) => [asText(get(property, "id")), get(property, "value")]),
    );
    if (!properties.has("unit") && !properties.has("thresholds")) continue;
    const byQuery = matcher === "byFrameRefID";
    if (!byQuery && (matcher !== "byName" || /\{\{/.test(legend))) return NOTHING;
    if (name !== (byQuery ? asText(get(target, "refId")) : legend)) continue;
    unit = asText(properties.get("unit")) ?? unit;
    thresholds = properties.get("thresholds") ?? thresholds;
  }
  if (!unit || unit === "none") return NOTHING;
  const steps = asText(get(thresholds, "mode")) === "percentage" ? [] : asList(get(thresholds, "steps"));
  const title = asText(get(panel, "title"));
  return {
    stated: [{ by: title ? `the panel "${title}"` : "the panel", unit }],
    thresholds: steps.flatMap((step) => asNumber(get(step, "value")) ?? []),
  };
}
