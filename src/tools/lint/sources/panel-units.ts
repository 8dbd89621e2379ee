import { asList, asNumber, asObject, asText, get, type Json } from "../../../core/documents/json.ts";
import type { Stated } from "../finding.ts";

/** Panels that show no plain values, and calculations that change what a value is. */
const OTHER_PANELS = new Set(["logs", "text", "heatmap", "histogram", "nodeGraph", "traces", "flamegraph"]);
const COUNTING = new Set(["count", "distinctCount", "changeCount", "diffperc", "allIsZero", "allIsNull"]);

type PanelUnits = Readonly<{ stated: readonly Stated[]; thresholds: readonly number[] }>;
const NOTHING: PanelUnits = { stated: [], thresholds: [] };

/** Whether a panel shows the values of a query as they are, where everybody sees them. */
function isPlain(panel: Json, target: Json): boolean {
  // What is hidden is shown by nobody, or by an expression, whose unit it is.
  if (get(target, "hide") === true || asList(get(panel, "transformations")).length > 0) return false;
  const calculations = asList(get(panel, "options", "reduceOptions", "calcs"));
  const counts = calculations.some((name) => COUNTING.has(asText(name) ?? ""));
  return !counts && !OTHER_PANELS.has(asText(get(panel, "type")) ?? "");
}

type Settings = Readonly<{ unit: Json | undefined; thresholds: Json | undefined }>;
/** The settings of a query's fields; undefined where an override may be about them or not. */
function settingsOf(panel: Json, target: Json): Settings | undefined {
  const [unit, thresholds] = ["unit", "thresholds"].map((name) => get(panel, "fieldConfig", "defaults", name));
  const legend = asText(get(target, "legendFormat")) ?? "{{}}";
  let found: Settings = { unit, thresholds };
  for (const override of asList(get(panel, "fieldConfig", "overrides"))) {
    const properties = asList(get(override, "properties")).map((one) => [get(one, "id"), get(one, "value")] as const);
    const own = Object.fromEntries(properties.filter(([id]) => id === "unit" || id === "thresholds"));
    if (Object.keys(own).length === 0) continue;
    const { id, options } = asObject(get(override, "matcher"));
    const byQuery = id === "byFrameRefID";
    if (!byQuery && (id !== "byName" || /\{\{/.test(legend))) return undefined;
    if (options === (byQuery ? get(target, "refId") : legend)) found = { ...found, ...own };
  }
  return found;
}

/** The unit and the thresholds that a panel gives to the values of one of its queries, where both are beyond doubt. */
export function unitsOf(panel: Json, target: Json): PanelUnits {
  const { unit, thresholds } = (isPlain(panel, target) && settingsOf(panel, target)) || {};
  if (typeof unit !== "string" || unit === "" || unit === "none") return NOTHING;
  const steps = get(thresholds, "mode") === "percentage" ? [] : asList(get(thresholds, "steps"));
  const title = asText(get(panel, "title"));
  return {
    stated: [{ by: title ? `the panel "${title}"` : "the panel", unit }],
    thresholds: steps.flatMap((step) => asNumber(get(step, "value")) ?? []),
  };
}
