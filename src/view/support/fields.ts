import { knowsUnit } from "../format.ts";
import { any, type Check, type Checks, empty, one, unset } from "./checks.ts";

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
    axisLabel: any,
    axisPlacement: one("auto", "left", "right", "hidden"),
    axisSoftMin: any,
    axisSoftMax: any,
    axisColorMode: one("text"),
    axisBorderShow: any,
    axisGridShow: any,
    axisCenteredZero: unset,
    "thresholdsStyle.mode": one("off", "line", "dashed"),
    "scaleDistribution.type": one("linear", "log"),
    "scaleDistribution.log": any,
    drawStyle: one("line", "bars", "points"),
    lineInterpolation: one("linear", "smooth", "stepBefore", "stepAfter"),
    lineWidth: any,
    "lineStyle.fill": one("solid", "dash", "dot"),
    "lineStyle.dash": any,
    fillOpacity: any,
    gradientMode: one("none"),
    showPoints: one("auto", "always", "never"),
    pointSize: any,
    spanNulls: any,
    insertNulls: unset,
    "stacking.mode": one("none", "normal"),
    "stacking.group": any,
    barAlignment: one(0),
    barWidthFactor: any,
    barMaxWidth: any,
    "hideFrom.legend": unset,
    "hideFrom.tooltip": unset,
    "hideFrom.viz": unset,
  },
  table: {
    align: any,
    inspect: any,
    filterable: any,
    width: any,
    minWidth: any,
    hidden: any,
    "hideFrom.viz": any,
    wrapText: any,
    wrapHeaderText: any,
    cellOptions: knownCell,
  },
};

const colorModes = one("thresholds", "fixed", "shades", "palette-classic", "palette-classic-by-name");
const fields: Checks = {
  unit: (value) => typeof value === "string" && (value === "" || knowsUnit(value)),
  decimals: any,
  min: any,
  max: any,
  displayName: any,
  noValue: any,
  description: any,
  fieldMinMax: unset,
  filterable: any,
  "color.mode": colorModes,
  "color.fixedColor": any,
  "color.seriesBy": one("last"),
  "thresholds.mode": one("absolute"),
  "thresholds.steps": any,
  mappings: knownMappings,
  links: any,
  actions: empty,
};

/** The options of the fields of a kind of panel. */
export const fieldChecks = (type: string): Checks => ({
  ...fields,
  ...Object.fromEntries(Object.entries(custom[type] ?? {}).map(([name, check]) => [`custom.${name}`, check])),
});
