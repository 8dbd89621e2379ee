import { knowsUnit } from "../format.ts";
import { type Check, type Checks, empty, free, one, unset } from "./checks.ts";

const CELLS: readonly unknown[] = ["auto", "color-text", "color-background"];
const knownCell: Check = (value) => CELLS.includes((value as { type?: unknown } | null)?.type ?? "auto");
const MAPPINGS: readonly unknown[] = ["value", "range", "special", "regex"];
const knownMappings: Check = (value) =>
  Array.isArray(value) && value.every((each) => MAPPINGS.includes((each as { type: unknown }).type));

/** The options of each kind of panel's fields. */
const custom: Readonly<Record<string, Checks>> = {
  stat: {},
  bargauge: {},
  text: {},
  timeseries: {
    axisPlacement: one("auto", "left", "right", "hidden"),
    axisColorMode: one("text"),
    axisCenteredZero: unset,
    "thresholdsStyle.mode": one("off", "line", "dashed"),
    "scaleDistribution.type": one("linear", "log"),
    drawStyle: one("line", "bars", "points"),
    lineInterpolation: one("linear", "smooth", "stepBefore", "stepAfter"),
    "lineStyle.fill": one("solid", "dash", "dot"),
    gradientMode: one("none"),
    showPoints: one("auto", "always", "never"),
    insertNulls: unset,
    "stacking.mode": one("none", "normal"),
    barAlignment: one(0),
    "hideFrom.legend": unset,
    "hideFrom.tooltip": unset,
    "hideFrom.viz": unset,
    ...free(
      "axisLabel axisSoftMin axisSoftMax axisBorderShow axisGridShow scaleDistribution.log lineWidth lineStyle.dash",
    ),
    ...free("fillOpacity pointSize spanNulls stacking.group barWidthFactor barMaxWidth"),
  },
  table: {
    cellOptions: knownCell,
    ...free("align inspect filterable width minWidth hidden hideFrom.viz wrapText wrapHeaderText"),
  },
};

const colorModes = one("thresholds", "fixed", "shades", "palette-classic", "palette-classic-by-name");
const fields: Checks = {
  unit: (value) => typeof value === "string" && (value === "" || knowsUnit(value)),
  fieldMinMax: unset,
  "color.mode": colorModes,
  "color.seriesBy": one("last"),
  "thresholds.mode": one("absolute"),
  mappings: knownMappings,
  actions: empty,
  ...free("decimals min max displayName noValue description filterable color.fixedColor thresholds.steps links"),
};

/** The options of the fields of a kind of panel. */
export const fieldChecks = (type: string): Checks => ({
  ...fields,
  ...Object.fromEntries(Object.entries(custom[type] ?? {}).map(([name, check]) => [`custom.${name}`, check])),
});
