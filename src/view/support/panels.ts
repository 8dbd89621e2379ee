import { unknownCalcs } from "../calcs.ts";
import { type Check, type Checks, free, one, unset } from "./checks.ts";

const knownCalcs: Check = (value) => Array.isArray(value) && unknownCalcs(value.map(String)).length === 0;

const reduceOptions: Checks = {
  "reduceOptions.calcs": knownCalcs,
  "reduceOptions.fields": one("", undefined, "/.*/"),
  ...free("reduceOptions.values reduceOptions.limit"),
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
    showPercentChange: unset,
    orientation: one("auto", "horizontal", "vertical", ""),
    ...reduceOptions,
    ...free("wideLayout percentChangeColorMode text.titleSize text.valueSize"),
  },
  bargauge: {
    displayMode: one("basic", "lcd", "gradient"),
    valueMode: one("color", "text", "hidden"),
    orientation: one("horizontal"),
    "legend.showLegend": unset,
    namePlacement: one("auto", "left"),
    ...reduceOptions,
    ...free("minVizWidth minVizHeight maxVizHeight sizing showUnfilled text.titleSize text.valueSize"),
    ...free("legend.displayMode legend.placement legend.calcs"),
  },
  timeseries: {
    "legend.displayMode": one("list", "table", "hidden"),
    "legend.placement": one("bottom", "right"),
    "legend.calcs": knownCalcs,
    ...free("legend.showLegend legend.sortBy legend.sortDesc legend.width legend.isVisible legend.asTable"),
    "tooltip.mode": one("single", "multi", "none"),
    "tooltip.hideZeros": unset,
    ...free("tooltip.sort tooltip.maxHeight"),
  },
  text: { mode: one("markdown"), content: plainText, ...free("code") },
  table: {
    frameIndex: one(0, undefined),
    showTypeIcons: unset,
    "footer.show": unset,
    "footer.enablePagination": unset,
    enablePagination: unset,
    ...free("showHeader cellHeight sortBy footer.reducer footer.countRows footer.fields"),
  },
};
