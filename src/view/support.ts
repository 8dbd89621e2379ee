import { calcs } from "./calcs.ts";
import { knowsMatcher } from "./fields.ts";
import { knowsUnit } from "./format.ts";
import type { Panel } from "./model.ts";
import { knowsTransformation } from "./transformations.ts";

type Check = (value: unknown) => boolean;
type Checks = Readonly<Record<string, Check>>;
const any: Check = () => true;
const one =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const unset: Check = (value) => value === undefined || value === null || value === "" || value === false;
const empty: Check = (value) => unset(value) || (Array.isArray(value) && value.length === 0);
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

/** The options of each kind of panel that are drawn as Grafana draws them, or that change nothing here. */
const options: Readonly<Record<string, Checks>> = {
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

const cell: Checks = {
  "cellOptions.type": one("auto", "color-text", "color-background"),
  "cellOptions.mode": any,
  "cellOptions.wrapText": any,
};
const custom: Readonly<Record<string, Checks>> = {
  stat: {},
  bargauge: {},
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
    cellOptions: any,
    ...cell,
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
  mappings: (value) =>
    Array.isArray(value) &&
    value.every((each) => ["value", "range", "special", "regex"].includes((each as { type: string }).type)),
  links: any,
  actions: empty,
};

const about: Checks = {
  repeat: unset,
  timeFrom: unset,
  timeShift: unset,
  libraryPanel: unset,
  alert: unset,
};

/** A value's leaves with their paths; a list and the named paths count as leaves. */
function leaves(value: unknown, known: Checks, path = ""): readonly (readonly [path: string, value: unknown])[] {
  if (Object.hasOwn(known, path) || typeof value !== "object" || value === null || Array.isArray(value))
    return [[path, value]];
  return Object.entries(value).flatMap(([key, below]) => leaves(below, known, path === "" ? key : `${path}.${key}`));
}
const written = (value: unknown) => {
  const text = JSON.stringify(value) ?? "";
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};
const misfits = (value: unknown, known: Checks, where: string): readonly string[] =>
  leaves(value, known)
    .filter(([path, leaf]) => path !== "" && !(known[path] ?? unset)(leaf))
    .map(([path, leaf]) => `${where}${path} = ${written(leaf)}`);

/** What a panel asks for that the preview does not draw, each in a few words; empty where all of it is drawn. */
export function notShown(panel: Panel): readonly string[] {
  const { type, fieldConfig, transformations, targets } = panel;
  const known = options[type];
  if (!known) return [`le type de panneau « ${type} »`];
  const ownCustom = Object.fromEntries(Object.entries(custom[type]!).map(([name, check]) => [`custom.${name}`, check]));
  const configs = { ...fields, ...ownCustom };
  const datasource = (panel.datasource as { type?: string } | undefined)?.type;
  const overrides = fieldConfig.overrides.flatMap(({ matcher, properties }) => [
    ...(knowsMatcher(matcher.id) ? [] : [`la règle de champ « ${matcher.id} »`]),
    ...properties.flatMap(({ id, value }) =>
      misfits(Object.hasOwn(configs, id) ? { [id]: value } : nested(id, value), configs, "option de champ "),
    ),
  ]);
  const unknown = transformations
    .filter(({ id, disabled }) => !disabled && !knowsTransformation(id))
    .map(({ id }) => `la transformation « ${id} »`);
  return [
    ...new Set([
      ...Object.entries(about).flatMap(([name, check]) =>
        check(panel[name]) ? [] : [`option du panneau ${name} = ${written(panel[name])}`],
      ),
      ...(datasource !== undefined && datasource !== "loki" ? [`la source de données « ${datasource} »`] : []),
      ...targets
        .filter(({ expr, hide }) => !hide && expr === undefined)
        .map(({ refId }) => `la requête ${refId}, qui n'est pas du LogQL`),
      ...misfits(panel.options, known, "option "),
      ...misfits(fieldConfig.defaults, configs, "option de champ "),
      ...overrides,
      ...unknown,
    ]),
  ];
}

const nested = (id: string, value: unknown): unknown =>
  id.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
/** Whether the preview draws that kind of panel at all. */
export const knowsPanel = (type: string): boolean => Object.hasOwn(options, type);
