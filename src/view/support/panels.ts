import { calcs } from "../calcs.ts";
import { any, type Check, type Checks, one, unset } from "./checks.ts";

const knownCalcs: Check = (value) => Array.isArray(value) && value.every((id) => Object.hasOwn(calcs, String(id)));

const reduceOptions: Checks = {
  "reduceOptions.calcs": knownCalcs,
  "reduceOptions.values": any,
  "reduceOptions.fields": one("", undefined, "/.*/"),
  "reduceOptions.limit": any,
};
const legend: Checks = {
  "legend.displayMode": one("list", "table", "hidden"),
  "legend.placement": one("bottom", "right"),
  "legend.showLegend": any,
  "legend.calcs": knownCalcs,
  "legend.sortBy": any,
  "legend.sortDesc": any,
  "legend.width": any,
  "legend.isVisible": any,
  "legend.asTable": any,
};
const noText: Checks = { "text.titleSize": any, "text.valueSize": any };
const bars: Checks = {
  minVizWidth: any,
  minVizHeight: any,
  maxVizHeight: any,
  sizing: any,
  namePlacement: one("auto", "left"),
  showUnfilled: any,
};

// A text is not filled in: one that names a variable would be drawn wrongly.
const plainText: Check = (value) => typeof value === "string" && !/\$\w|\$\{|\[\[/.test(value);

/** The options of each kind of panel that are drawn as Grafana draws them, or that change nothing here. */
export const panelOptions: Readonly<Record<string, Checks>> = {
  stat: {
    graphMode: one("none"),
    colorMode: one("value", "background", "background_solid", "none"),
    justifyMode: one("auto", "center"),
    textMode: one("auto", "value", "value_and_name", "name", "none"),
    wideLayout: any,
    showPercentChange: unset,
    percentChangeColorMode: any,
    orientation: one("auto", "horizontal", "vertical", ""),
    ...noText,
    ...reduceOptions,
  },
  bargauge: {
    displayMode: one("basic", "lcd", "gradient"),
    valueMode: one("color", "text", "hidden"),
    orientation: one("horizontal"),
    "legend.displayMode": any,
    "legend.placement": any,
    "legend.calcs": any,
    "legend.showLegend": unset,
    ...bars,
    ...noText,
    ...reduceOptions,
  },
  timeseries: {
    ...legend,
    "tooltip.mode": one("single", "multi", "none"),
    "tooltip.sort": any,
    "tooltip.hideZeros": unset,
    "tooltip.maxHeight": any,
  },
  text: { mode: one("markdown"), content: plainText, code: any },
  table: {
    frameIndex: one(0, undefined),
    showHeader: any,
    showTypeIcons: unset,
    cellHeight: any,
    sortBy: any,
    "footer.show": unset,
    "footer.reducer": any,
    "footer.countRows": any,
    "footer.fields": any,
    "footer.enablePagination": unset,
    enablePagination: unset,
  },
};
