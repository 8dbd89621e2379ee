import type { Quantity, Unit } from "../core/units.ts";
import { onPanel, type Watch } from "../queries/watches.ts";
import { common, type DynamicConfigValue } from "./sdk.ts";
import { decimalsOf, GLOBAL, type Series, series, thresholds } from "./series.ts";

/** Series of one unit; only those that a rule watches have a threshold. */
export type Axis<U extends Unit = Unit> = Readonly<{
  label: string;
  show: readonly Series<U>[];
  watch?: Watch<U>;
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
  watch,
  ...(look && { look }),
});

/** How far above its threshold an axis reaches at least: the line is there when all is well. */
export const ROOM = 1.25;

const { Dashed: DASHED, Line: SOLID, Off: OFF } = common.GraphThresholdsStyleMode;
/** Of two axes the second has dashed lines, and so has its threshold: each stands with its own. */
export const thresholdsStyle = (threshold: Quantity | undefined, look: "solid" | "dashed") => {
  const style = look === "solid" ? SOLID : DASHED;
  return new common.GraphThresholdsStyleConfigBuilder().mode(threshold ? style : OFF);
};

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

const onTheRight = ({ label, watch }: Axis, unit: Unit): DynamicConfigValue[] => [
  { id: "unit", value: unit },
  { id: "decimals", value: decimalsOf(unit) },
  { id: "custom.axisPlacement", value: common.AxisPlacement.Right },
  { id: "custom.axisLabel", value: label },
  ...(watch
    ? [
        { id: "thresholds", value: thresholds(watch.threshold).build() },
        { id: "custom.axisSoftMax", value: watch.threshold.value * ROOM },
      ]
    : []),
  { id: "custom.thresholdsStyle", value: thresholdsStyle(watch?.threshold, "dashed").build() },
];

/** How a series of an axis is drawn: as the panel says on the left, which is place 0, by overrides on the right. */
export const axisProperties = (axis: Axis, { shown, place }: Readonly<{ shown: Series; place: number }>) => [
  ...(place > 0 ? onTheRight(axis, shown.metric.unit) : []),
  ...(axis.look ? LOOKS[axis.look] : []),
];
