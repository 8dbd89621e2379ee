import type { Quantity, Unit } from "../core/units.ts";
import { datasource, refId } from "../queries/datasource.ts";
import { linkFrom, toLogsOfSource } from "./links.ts";
import { BarGaugePanel, common, StatPanel } from "./sdk.ts";
import { decimalsOf, isBySource, quietThresholds, type Series, targets, thresholds } from "./series.ts";

/** What every panel says of itself; ids are fixed, since rules and links name them. */
export type Heading = Readonly<{ id: number; title: string; description: string }>;
type Shown<U extends Unit> = Readonly<{ show: readonly Series<U>[]; threshold?: Quantity<NoInfer<U>> }>;

type Headed<P> = Record<"title" | "description", (text: string) => P> & {
  id(id: number): P;
  datasource(ref: typeof datasource): P;
};
/** A panel with what it says of itself. */
export const headed = <P extends Headed<P>>(panel: P, { id, title, description }: Heading): P =>
  panel.id(id).title(title).description(description).datasource(datasource);

export const NO_RUN = "aucune exécution";
/** What stands where a query that always has a value has none. */
export const NO_ANSWER = "aucune donnée : Loki ne répond pas";

const reduce = ({ everyRow = false } = {}) =>
  new common.ReduceDataOptionsBuilder().values(everyRow).calcs(["lastNotNull"]).fields("");
/** Puts the rows of one query in order, the largest first. */
const largestFirst = (id: string) => ({
  id: "sortBy",
  options: { fields: {}, sort: [{ field: `Value #${id}`, desc: true }] },
});

/** As many sources as can be read in a list; the total stands above them. */
export const LISTED = 8;
const ROW_TEXT = 16;
const ROW_VALUE = 22;

type Stat<U extends Unit> = Heading &
  Shown<U> &
  Readonly<{ noValue?: string; zero?: Readonly<{ text: string; color: string }> }>;

/** One big number, or a short list over the dashboard's whole range: the total, then the largest of the sources. */
export function stat<U extends Unit>({ show, threshold, noValue = NO_RUN, zero, ...heading }: Stat<U>) {
  const isList = show.length > 1;
  const { unit } = show[0]!.metric;
  const panel = headed(new StatPanel(), heading)
    .targets(targets(show, "instant"))
    .unit(unit)
    .decimals(decimalsOf(unit))
    .thresholds(quietThresholds(threshold))
    .noValue(noValue)
    .reduceOptions(isList ? reduce({ everyRow: true }).limit(LISTED) : reduce())
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.None)
    .textMode(common.BigValueTextMode.Auto);
  if (zero) panel.mappings([{ type: "value" as never, options: { "0": { ...zero, index: 0 } } }]);
  if (isList)
    panel
      .orientation(common.VizOrientation.Horizontal)
      .text(new common.VizTextDisplayOptionsBuilder().titleSize(ROW_TEXT).valueSize(ROW_VALUE));
  // Grafana names the value of an instant query after its refId, whatever the legend says.
  for (const [index, one] of show.entries()) {
    panel.overrideByQuery(refId(index), [
      isBySource(one) ? linkFrom("__data.fields.source") : { id: "displayName", value: one.legend },
    ]);
    if (isBySource(one)) panel.withTransformation(largestFirst(refId(index)));
  }
  return panel;
}

type Limited<U extends Unit> = Heading &
  Readonly<{ show: Series<U>; threshold: Quantity<NoInfer<U>>; own: ReadonlyMap<string, Quantity<NoInfer<U>>> }>;

/** One bar per series of one instant query, the fullest first; its own threshold, where one is given, is its end. */
export function barGauge<U extends Unit>({ show, threshold, own, ...heading }: Limited<U>) {
  const { unit } = show.metric;
  const panel = headed(new BarGaugePanel(), heading)
    .targets(targets([show], "instant"))
    .unit(unit)
    .decimals(decimalsOf(unit))
    .min(0)
    .max(threshold.value)
    .thresholds(thresholds(threshold))
    .noValue(NO_RUN)
    .dataLinks([toLogsOfSource("__field.name")])
    .reduceOptions(reduce())
    .orientation(common.VizOrientation.Horizontal)
    .displayMode(common.BarGaugeDisplayMode.Basic)
    .withTransformation(largestFirst("A"))
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
  for (const [name, limit] of own)
    panel.overrideByName(name, [
      { id: "max", value: limit.value },
      { id: "thresholds", value: thresholds(limit).build() },
    ]);
  return panel;
}
