import { type Duration, minutes, printDuration, seconds } from "../core/units.ts";
import { refId } from "../queries/datasource.ts";
import type { Watch } from "../queries/watches.ts";
import { type Axis, axisProperties, ROOM, thresholdsStyle } from "./axes.ts";
import { fixedColor, type SeriesLook } from "./colors.ts";
import { linkFrom } from "./links.ts";
import { type Heading, headed, NO_RUN } from "./panels.ts";
import { common, FieldColorBuilder, TimeseriesPanel } from "./sdk.ts";
import { decimalsOf, GLOBAL, isBySource, type Series, targets, thresholds } from "./series.ts";

/** In so many steps a panel sees the window of a rule; over 7 days 900 points are less than 15 minutes apart. */
const WATCHED = { steps: 15, points: 900 } as const;
const watchedStep = (watched: readonly Watch[]): Duration =>
  seconds(Math.ceil(Math.min(...watched.map(({ window }) => window.value)) / WATCHED.steps));
/** So few bars can be told apart, on half a screen too. */
const BARS = { step: minutes(1), points: 120 } as const;
/** A line goes on over a pause of twice the usual quarter of an hour. */
const JOINED = minutes(30).value * 1000;

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

type Chart = Heading & Readonly<{ axes: readonly [Axis, ...Axis[]]; step?: Duration; looks: readonly SeriesLook[] }>;

/** What every chart has; a legend of a few series also says these values of each. */
function chart({ axes, ...heading }: Chart, calcs: string[]) {
  const [{ label, show }] = axes;
  const { unit } = show[0]!.metric;
  const shown = axes.flatMap((one) => one.show);
  return headed(new TimeseriesPanel(), heading)
    .targets(targets(shown, "range"))
    .unit(unit)
    .decimals(decimalsOf(unit))
    .axisLabel(label)
    .showPoints(common.VisibilityMode.Never)
    .noValue(NO_RUN)
    .colorScheme(new FieldColorBuilder().mode("palette-classic-by-name" as never))
    .legend(show.some(isBySource) ? besides(shown) : below(calcs))
    .tooltip(
      new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending),
    );
}
type Panel = ReturnType<typeof chart>;

function withLooks(panel: Panel, { axes, looks }: Chart): Panel {
  const placed = axes.flatMap((one, place) => one.show.map((shown) => ({ one, shown, place })));
  for (const [index, { one, shown, place }] of placed.entries()) {
    const properties = [
      ...axisProperties(one, { shown, place }),
      ...(isBySource(shown) ? [linkFrom("__field.labels.source")] : []),
    ];
    if (properties.length > 0) panel.overrideByQuery(refId(index), properties);
  }
  for (const { match, properties } of looks)
    if ("name" in match) panel.overrideByName(match.name, properties);
    else panel.overrideByRegexp(match.regexp, properties);
  return panel;
}

/** Lines over time; a second axis stands on the right, a threshold is a dashed red line. */
export function lines(definition: Chart & Readonly<{ logarithmic?: boolean }>) {
  const { axes, step, logarithmic = false } = definition;
  const watched = axes.flatMap(({ watch }) => watch ?? []);
  const [{ watch }] = axes;
  const scale = new common.ScaleDistributionConfigBuilder();
  const panel = chart(definition, ["lastNotNull", "max"])
    .drawStyle(common.GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(0)
    .spanNulls(JOINED)
    .scaleDistribution(
      logarithmic ? scale.type(common.ScaleDistribution.Log).log(10) : scale.type(common.ScaleDistribution.Linear),
    )
    .thresholdsStyle(thresholdsStyle(watch?.threshold, axes.length > 1 ? "solid" : "dashed"));
  if (!logarithmic) panel.min(0);
  if (watch) panel.thresholds(thresholds(watch.threshold)).axisSoftMax(watch.threshold.value * ROOM);
  if (watched.length > 0) panel.interval(printDuration(watchedStep(watched))).maxDataPoints(WATCHED.points);
  if (step) panel.interval(printDuration(step));
  withLooks(panel, definition);
  return panel.overrideByName(GLOBAL, [fixedColor("text"), { id: "custom.lineWidth", value: 3 }]);
}

/** Counts over time, stacked, in bars that are never too thin to be seen. */
export function bars(definition: Chart & Readonly<{ points?: number }>) {
  const { step = BARS.step, points = BARS.points } = definition;
  const panel = chart(definition, [])
    .drawStyle(common.GraphDrawStyle.Bars)
    .barWidthFactor(0.9)
    .fillOpacity(80)
    .lineWidth(0)
    .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal))
    .interval(printDuration(step))
    .maxDataPoints(points);
  return withLooks(panel, definition);
}
