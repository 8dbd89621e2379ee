import type { Quantity, Unit } from "../core/units.ts";
import { printDuration } from "../core/units.ts";
import { datasource, refId } from "../queries/datasource.ts";
import { linkFrom, toLogsOfSource } from "./links.ts";
import { BarGaugePanel, common, type DynamicConfigValue, StatPanel, TimeseriesPanel } from "./sdk.ts";
import { fixedColor, type Series, targets, thresholds } from "./series.ts";

/** What every panel says of itself; ids are fixed, since rules and links name them. */
export type Heading = Readonly<{ id: number; title: string; description: string }>;
type Shown<U extends Unit> = Readonly<{ show: readonly Series<U>[]; threshold?: Quantity<NoInfer<U>> }>;

const NO_RUN = "aucune exécution";
const isBySource = ({ metric }: Series) => metric.by.includes("source");
const reduce = (everyRow: boolean) => new common.ReduceDataOptionsBuilder().values(everyRow).calcs(["lastNotNull"]).fields("");

/** One big number, or one per series, over the dashboard's whole range. */
export const stat = <U extends Unit>({ id, title, description, show, threshold, noValue = NO_RUN }: Heading & Shown<U> & { noValue?: string }) => {
  const panel = new StatPanel()
    .id(id)
    .title(title)
    .description(description)
    .datasource(datasource)
    .targets(targets(show, "instant"))
    .unit(show[0]!.metric.unit)
    .thresholds(thresholds(threshold))
    .noValue(noValue)
    .reduceOptions(reduce(show.length > 1))
    .colorMode(common.BigValueColorMode.Background)
    .graphMode(common.BigValueGraphMode.None)
    .textMode(common.BigValueTextMode.Auto);
  // Grafana names the value of an instant query after its refId, whatever the legend says.
  for (const [index, one] of show.entries())
    panel.overrideByQuery(refId(index), [isBySource(one) ? linkFrom("__data.fields.source") : { id: "displayName", value: one.legend }]);
  return panel;
};

/** One bar per series of one instant query, each with a threshold of its own where one is given. */
export const barGauge = <U extends Unit>({ id, title, description, show, threshold, own }: Heading & Shown<U> & { own: ReadonlyMap<string, Quantity<U>> }) => {
  const panel = new BarGaugePanel()
    .id(id)
    .title(title)
    .description(description)
    .datasource(datasource)
    .targets(targets(show, "instant"))
    .unit(show[0]!.metric.unit)
    .min(0)
    .thresholds(thresholds(threshold))
    .noValue(NO_RUN)
    .dataLinks([toLogsOfSource("__field.name")])
    .reduceOptions(reduce(false))
    .orientation(common.VizOrientation.Horizontal)
    .displayMode(common.BarGaugeDisplayMode.Basic)
    // Each row becomes a field of its own, so that an override can give it a threshold of its own.
    .withTransformation({
      id: "rowsToFields",
      options: {
        mappings: [
          { fieldName: "source", handlerKey: "field.name" },
          { fieldName: "Value #A", handlerKey: "field.value" },
          { fieldName: "Time", handlerKey: "__ignore" },
        ],
      },
    });
  for (const [name, limit] of own) panel.overrideByName(name, [{ id: "thresholds", value: thresholds(limit).build() }]);
  return panel;
};

/** Series of one unit, with the threshold that a rule watches. */
export type Axis<U extends Unit = Unit> = Shown<U> & Readonly<{ label: string }>;
export const axis = <U extends Unit>(label: string, show: readonly Series<U>[], threshold?: Quantity<NoInfer<U>>): Axis<U> => ({
  label,
  show,
  ...(threshold && { threshold }),
});

type Timeseries = Heading & {
  axes: readonly [Axis, ...Axis[]];
  step?: Quantity<"s">;
  bars?: boolean;
  logarithmic?: boolean;
  legendCalcs?: string[];
  colors?: Readonly<Record<string, string>>;
};

/** Series over time; a second axis stands on the right; a threshold is a dashed red line. */
export function timeseries({
  id,
  title,
  description,
  axes,
  step,
  bars = false,
  logarithmic = false,
  legendCalcs = ["lastNotNull", "max"],
  colors = {},
}: Timeseries) {
  const [left, ...right] = axes;
  const scale = new common.ScaleDistributionConfigBuilder().type(logarithmic ? common.ScaleDistribution.Log : common.ScaleDistribution.Linear);
  const panel = new TimeseriesPanel()
    .id(id)
    .title(title)
    .description(description)
    .datasource(datasource)
    .targets(
      targets(
        axes.flatMap(({ show }) => show),
        "range",
      ),
    )
    .unit(left.show[0]!.metric.unit)
    .axisLabel(left.label)
    .thresholds(thresholds(left.threshold))
    .thresholdsStyle(thresholdsStyle(left.threshold))
    .scaleDistribution(logarithmic ? scale.log(10) : scale)
    .drawStyle(bars ? common.GraphDrawStyle.Bars : common.GraphDrawStyle.Line)
    .fillOpacity(bars ? 80 : 10)
    .showPoints(bars ? common.VisibilityMode.Never : common.VisibilityMode.Always)
    .stacking(new common.StackingConfigBuilder().mode(bars ? common.StackingMode.Normal : common.StackingMode.None))
    .noValue(NO_RUN)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.Table)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(legendCalcs),
    )
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending));
  if (step) panel.interval(printDuration(step));
  const placed = axes.flatMap((one) => one.show.map((shown) => ({ one, shown })));
  for (const [index, { one, shown }] of placed.entries()) {
    const properties = [...(right.includes(one) ? rightAxis(one, shown.metric.unit) : []), ...(isBySource(shown) ? [linkFrom("__field.labels.source")] : [])];
    if (properties.length > 0) panel.overrideByQuery(refId(index), properties);
  }
  for (const [name, color] of Object.entries(colors)) panel.overrideByName(name, [fixedColor(color)]);
  return panel;
}

const thresholdsStyle = (threshold?: Quantity) =>
  new common.GraphThresholdsStyleConfigBuilder().mode(threshold ? common.GraphThresholdsStyleMode.Dashed : common.GraphThresholdsStyleMode.Off);

const rightAxis = ({ label, threshold }: Axis, unit: Unit): DynamicConfigValue[] => [
  { id: "unit", value: unit },
  { id: "custom.axisPlacement", value: common.AxisPlacement.Right },
  { id: "custom.axisLabel", value: label },
  { id: "thresholds", value: thresholds(threshold).build() },
  { id: "custom.thresholdsStyle", value: thresholdsStyle(threshold).build() },
];
