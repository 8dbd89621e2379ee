import type { Quantity, Unit } from "../core/units.ts";
import type { Logs, Metric, Mode } from "../queries/ast.ts";
import { datasource, refId } from "../queries/datasource.ts";
import type { Context } from "../queries/logql.ts";
import type { Measured } from "../queries/metrics.ts";
import { print } from "../queries/print.ts";
import type { LabelName } from "../schema.ts";
import { QUIET } from "./colors.ts";
import { LokiQueryBuilder, ThresholdsConfigBuilder, ThresholdsMode } from "./sdk.ts";

/** A metric on screen, with its legend. */
export type Series<U extends Unit = Unit> = Readonly<{ metric: Metric<U>; legend: string }>;

/** Shows a metric; the legend is its name, then the labels by which it is grouped. */
export const series = <U extends Unit>(metric: Metric<U>, name = ""): Series<U> => ({
  metric,
  legend: [name, ...metric.by.map((label) => `{{${label}}}`)].filter(Boolean).join(" · "),
});
export const isBySource = ({ metric }: Series) => metric.by.includes("source");

/** What the series of everything is called, where there is one for each source too. */
export const GLOBAL = "Global";
/** One series for everything, then one per value of the label. */
export const globalAndBy = <U extends Unit, M extends Mode>(measured: Measured<U>, at: Context<M>, label: LabelName): Series<U>[] => [
  series(measured(at, []), GLOBAL),
  series(measured(at, [label])),
];

export type Asked = "instant" | "range";

/** Loki queries for a panel, in order from refId A. */
export const targets = (shown: readonly Series[], asked: Asked) =>
  shown.map(({ metric, legend }, index) => target(refId(index), metric, asked).legendFormat(legend));

/** One Loki query; `instant` asks for the end of the range only. */
export const target = (id: string, query: Metric | Logs, asked: Asked) =>
  new LokiQueryBuilder().refId(id).datasource(datasource).expr(print(query)).queryType(asked);

/** The places behind the point of each unit: the same value reads the same on every panel. */
const DECIMALS: Readonly<Record<Unit, number>> = { s: 1, decbytes: 1, percentunit: 1, short: 1, locale: 0 };
export const decimalsOf = (unit: Unit): number => DECIMALS[unit];

/** Green below the threshold, red from it on; without one, one neutral colour. What is no value is quiet. */
export function thresholds(threshold?: Quantity) {
  const steps = threshold
    ? [
        { value: 0, color: "green" },
        { value: threshold.value, color: "red" },
      ]
    : [{ value: 0, color: "blue" }];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([{ value: null, color: QUIET }, ...steps]);
}
/** Only the line that a chart draws at its threshold. */
export const limit = ({ value }: Quantity) =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: "green" },
    { value, color: "red" },
  ]);
