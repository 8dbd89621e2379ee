import type { Quantity, Unit } from "../core/units.ts";
import { minutes, printDuration } from "../core/units.ts";
import { refId } from "../queries/datasource.ts";
import { onPanel, type Watch } from "../queries/watches.ts";
import type { SeriesLook } from "./colors.ts";
import { fixedColor } from "./colors.ts";
import { linkFrom } from "./links.ts";
import { type Heading, headed, NO_RUN } from "./panels.ts";
import { common, type DynamicConfigValue, FieldColorBuilder, TimeseriesPanel } from "./sdk.ts";
import { decimalsOf, GLOBAL, isBySource, type Series, series, targets, thresholds } from "./series.ts";

/** Series of one unit; only those that a rule watches have a threshold. */
type Axis<U extends Unit = Unit> = Readonly<{
  label: string;
  show: readonly Series<U>[];
  threshold?: Quantity<U>;
  look?: "dashed" | "legend only";
}>;
export const axis = <U extends Unit>(label: string, show: readonly Series<U>[]): Axis<U> => ({ label, show });
/** The same in another measure: it stands in the legend, and is not drawn twice. */
export const inLegend = <U extends Unit>(...show: readonly Series<U>[]): Axis<U> => ({
  label: "",
  show,
  look: "legend only",
});

type Grouped = Readonly<{ name?: string; withGlobal?: boolean; look?: "dashed" }>;
/** What a rule watches, per source, as the rule sees it: its metric over its window, and its threshold. */
export const watchedAxis = <U extends Unit>(
  label: string,
  watch: Watch<U>,
  { name, withGlobal = false, look }: Grouped = {},
): Axis<U> => ({
  label,
  show: [...(withGlobal ? [series(onPanel(watch, []), GLOBAL)] : []), series(onPanel(watch, ["source"]), name)],
  threshold: watch.threshold,
  ...(look && { look }),
});

/** A rule runs every minute; over 7 days steps stay shorter than its 15-minute window, so no run falls between two. */
const WATCHED = { step: minutes(1), points: 900 } as const;
/** So few bars can be told apart, on half a screen too. */
const BARS = { step: minutes(1), points: 120 } as const;
/** A line goes on over a pause of twice the usual quarter of an hour. */
const JOINED = minutes(30).value * 1000;
/** How far above its threshold an axis reaches at least: the line is there when all is well. */
const ROOM = 1.25;

type Chart = Heading &
  Readonly<{ axes: readonly [Axis, ...Axis[]]; step?: Quantity<"s">; looks: readonly SeriesLook[] }>;
type Bars = Chart & Readonly<{ points?: number }>;

function chart({ axes, ...heading }: Chart) {
  const [left] = axes;
  const { unit } = left.show[0]!.metric;
  const shown = axes.flatMap(({ show }) => show);
  return headed(new TimeseriesPanel(), heading)
    .targets(targets(shown, "range"))
    .unit(unit)
    .decimals(decimalsOf(unit))
    .axisLabel(left.label)
    .showPoints(common.VisibilityMode.Never)
    .noValue(NO_RUN)
    .tooltip(
      new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending),
    );
}
type Panel = ReturnType<typeof chart>;

const LOOKS: Readonly<Record<NonNullable<Axis["look"]>, readonly DynamicConfigValue[]>> = {
  dashed: [{ id: "custom.lineStyle", value: { fill: "dash", dash: [6, 4] } }],
  "legend only": [
    { id: "custom.axisPlacement", value: common.AxisPlacement.Hidden },
    { id: "custom.drawStyle", value: common.GraphDrawStyle.Line },
    { id: "custom.lineWidth", value: 0 },
    { id: "custom.fillOpacity", value: 0 },
    { id: "custom.stacking", value: { mode: common.StackingMode.None, group: "A" } },
  ],
};

function withLooks(panel: Panel, { axes, looks }: Chart): Panel {
  const placed = axes.flatMap((one, place) => one.show.map((shown) => ({ one, shown, isRight: place > 0 })));
  for (const [index, { one, shown, isRight }] of placed.entries()) {
    const properties = [
      ...(isRight ? rightAxis(one, shown.metric.unit) : []),
      ...(one.look ? LOOKS[one.look] : []),
      ...(isBySource(shown) ? [linkFrom("__field.labels.source")] : []),
    ];
    if (properties.length > 0) panel.overrideByQuery(refId(index), properties);
  }
  for (const { match, properties } of looks)
    if ("name" in match) panel.overrideByName(match.name, properties);
    else panel.overrideByRegexp(match.regexp, properties);
  return panel;
}

/** Pixels for the longest name of a source, and more where a word stands before it. */
const NAME = 300;
const LONG_NAME = 370;
type Legend = InstanceType<typeof common.VizLegendOptionsBuilder>;
const legend = (mode: Parameters<Legend["displayMode"]>[0], at: Parameters<Legend["placement"]>[0]) =>
  new common.VizLegendOptionsBuilder().displayMode(mode).placement(at).showLegend(true);
/** Every source on a row beside the chart, the largest last value first. */
const besides = (shown: readonly Series[]) =>
  legend(common.LegendDisplayMode.Table, common.LegendPlacement.Right)
    .width(shown.some((one) => one.legend.includes(" · ")) ? LONG_NAME : NAME)
    .calcs(["lastNotNull", "max"])
    .sortBy("Last *")
    .sortDesc(true);
/** A few series on one line below. */
const below = (calcs: string[]) => legend(common.LegendDisplayMode.List, common.LegendPlacement.Bottom).calcs(calcs);

/** Lines over time; a second axis stands on the right, a threshold is a dashed red line. */
export function lines(definition: Chart & Readonly<{ logarithmic?: boolean }>) {
  const { axes, step, logarithmic = false } = definition;
  const [{ threshold, show }] = axes;
  const shown = axes.flatMap((one) => one.show);
  const scale = new common.ScaleDistributionConfigBuilder();
  const panel = chart(definition)
    .drawStyle(common.GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(0)
    .spanNulls(JOINED)
    .scaleDistribution(
      logarithmic ? scale.type(common.ScaleDistribution.Log).log(10) : scale.type(common.ScaleDistribution.Linear),
    )
    .thresholdsStyle(thresholdsStyle(threshold, axes.length > 1 ? SOLID : DASHED))
    .colorScheme(byName())
    .legend(show.some(isBySource) ? besides(shown) : below(["lastNotNull", "max"]));
  if (!logarithmic) panel.min(0);
  if (threshold) panel.thresholds(thresholds(threshold)).axisSoftMax(threshold.value * ROOM);
  if (axes.some((one) => one.threshold)) panel.interval(printDuration(WATCHED.step)).maxDataPoints(WATCHED.points);
  if (step) panel.interval(printDuration(step));
  withLooks(panel, definition);
  return panel.overrideByName(GLOBAL, [fixedColor("text"), { id: "custom.lineWidth", value: 3 }]);
}

/** Counts over time, stacked, in bars that are never too thin to be seen. */
export function bars(definition: Bars) {
  const { axes, step = BARS.step, points = BARS.points } = definition;
  const [{ show }] = axes;
  const shown = axes.flatMap((one) => one.show);
  const panel = chart(definition)
    .drawStyle(common.GraphDrawStyle.Bars)
    .barWidthFactor(0.9)
    .fillOpacity(80)
    .lineWidth(0)
    .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal))
    .interval(printDuration(step))
    .maxDataPoints(points)
    .colorScheme(byName())
    .legend(show.some(isBySource) ? besides(shown) : below([]));
  return withLooks(panel, definition);
}

const byName = () => new FieldColorBuilder().mode("palette-classic-by-name" as never);
const { Dashed: DASHED, Line: SOLID, Off: OFF } = common.GraphThresholdsStyleMode;
/** Of two axes the second has dashed lines, and so has its threshold: each stands with its own. */
const thresholdsStyle = (threshold: Quantity | undefined, style: typeof DASHED | typeof SOLID) =>
  new common.GraphThresholdsStyleConfigBuilder().mode(threshold ? style : OFF);

const rightAxis = ({ label, threshold }: Axis, unit: Unit): DynamicConfigValue[] => [
  { id: "unit", value: unit },
  { id: "decimals", value: decimalsOf(unit) },
  { id: "custom.axisPlacement", value: common.AxisPlacement.Right },
  { id: "custom.axisLabel", value: label },
  ...(threshold
    ? [
        { id: "thresholds", value: thresholds(threshold).build() },
        { id: "custom.axisSoftMax", value: threshold.value * ROOM },
      ]
    : []),
  { id: "custom.thresholdsStyle", value: thresholdsStyle(threshold, DASHED).build() },
];
