import type { Quantity, Unit } from "../core/units.ts";
import type { Logs, Metric, Mode } from "../queries/ast.ts";
import { datasource, refId } from "../queries/datasource.ts";
import type { Context } from "../queries/logql.ts";
import type { Measured } from "../queries/metrics.ts";
import { print } from "../queries/print.ts";
import type { LabelName } from "../schema.ts";
import { type DynamicConfigValue, FieldColorBuilder, LokiQueryBuilder, ThresholdsConfigBuilder, ThresholdsMode } from "./sdk.ts";

/** A metric on screen, with its legend. */
export type Series<U extends Unit = Unit> = Readonly<{ metric: Metric<U>; legend: string }>;

/** Shows a metric; the legend is its name, then the labels by which it is grouped. */
export const series = <U extends Unit>(metric: Metric<U>, name = ""): Series<U> => ({
  metric,
  legend: [name, ...metric.by.map((label) => `{{${label}}}`)].filter(Boolean).join(" · "),
});

/** One series for everything, then one per value of the label. */
export const globalAndBy = <U extends Unit, M extends Mode>(measured: Measured<U>, at: Context<M>, label: LabelName): Series<U>[] => [
  series(measured(at, []), "Global"),
  series(measured(at, [label])),
];

export type Asked = "instant" | "range";

/** Loki queries for a panel, in order from refId A. */
export const targets = (shown: readonly Series[], asked: Asked) =>
  shown.map(({ metric, legend }, index) => target(refId(index), metric, asked).legendFormat(legend));

/** One Loki query; `instant` asks for the end of the range only. */
export const target = (id: string, query: Metric | Logs, asked: Asked) =>
  new LokiQueryBuilder().refId(id).datasource(datasource).expr(print(query)).queryType(asked);

/** Green below the threshold, red from it on; no threshold, one neutral colour. */
export function thresholds(threshold?: Quantity) {
  const steps = threshold
    ? [
        { value: null, color: "green" },
        { value: threshold.value, color: "red" },
      ]
    : [{ value: null, color: "blue" }];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

export const fixedColor = (color: string): DynamicConfigValue => ({
  id: "color",
  value: new FieldColorBuilder()
    .mode("fixed" as never)
    .fixedColor(color)
    .build(),
});
export const stateColors = { SUCCESS: "green", FAILED: "red", INVALID: "orange" } as const;
