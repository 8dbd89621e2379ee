import type { Quantity, Unit } from "../core/units.ts";
import type { Logs, Metric, Mode } from "../queries/ast.ts";
import { datasource, refId } from "../queries/datasource.ts";
import type { Context } from "../queries/logql/logs.ts";
import type { Measured } from "../queries/metrics.ts";
import { print } from "../queries/print.ts";
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
/** One series for everything, then one per source. */
export const globalAndBySource = <U extends Unit, M extends Mode>(
  measured: Measured<U>,
  at: Context<M>,
): Series<U>[] => [series(measured(at, []), GLOBAL), series(measured(at, ["source"]))];

type Asked = "instant" | "range";

/** Loki queries for a panel, in order from refId A. */
export const targets = (shown: readonly Series[], asked: Asked) =>
  shown.map(({ metric, legend }, index) => target(metric, { id: refId(index), asked }).legendFormat(legend));

/** One Loki query; `instant` asks for the end of the range only. */
export const target = (query: Metric | Logs, { id, asked }: Readonly<{ id: string; asked: Asked }>) =>
  new LokiQueryBuilder().refId(id).datasource(datasource).expr(print(query)).queryType(asked);

/** The places behind the point of each unit: the same value reads the same on every panel. */
const DECIMALS: Readonly<Record<Unit, number>> = { s: 1, decbytes: 1, percentunit: 1, short: 2, locale: 0 };
export const decimalsOf = (unit: Unit): number => DECIMALS[unit];

type Step = Readonly<{ value: number | null; color: string }>;
const colors = (steps: Step[]) => new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
/** Green below the threshold, red from it on. */
export const thresholds = ({ value }: Quantity) =>
  colors([
    { value: null, color: "green" },
    { value, color: "red" },
  ]);
/** The same for big numbers, of one neutral colour without a threshold; what stands for no number is quiet. */
export const quietThresholds = (threshold?: Quantity) =>
  colors([
    { value: null, color: QUIET },
    { value: 0, color: threshold ? "green" : "blue" },
    ...(threshold ? [{ value: threshold.value, color: "red" }] : []),
  ]);
