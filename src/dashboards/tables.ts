import type { Quantity, Unit } from "../core/units.ts";
import type { Logs } from "../queries/ast.ts";
import { datasource, refId } from "../queries/datasource.ts";
import type { Column } from "../schema.ts";
import { linkFrom } from "./links.ts";
import type { Heading } from "./panels.ts";
import { common, type DynamicConfigValue, TablePanel } from "./sdk.ts";
import { type Series, stateColors, target, targets, thresholds } from "./series.ts";

const sourceLink = linkFrom("__data.fields.source");
const table = ({ id, title, description }: Heading) =>
  new TablePanel().id(id).title(title).description(description).datasource(datasource).filterable(true).showHeader(true).cellHeight(common.TableCellHeight.Sm);

export type MetricColumn<U extends Unit = Unit> = Readonly<{ title: string; show: Series<U>; threshold?: Quantity<U> }>;
export const metricColumn = <U extends Unit>(title: string, show: Series<U>, threshold?: Quantity<NoInfer<U>>): MetricColumn<U> => ({
  title,
  show,
  ...(threshold && { threshold }),
});

/** One row per source, one column per metric, largest first in the column named by `sortBy`. */
export function sourceTable({ columns, sortBy, ...heading }: Heading & { columns: readonly MetricColumn[]; sortBy: string }) {
  const names = [["source", "Source"], ...columns.map(({ title }, index) => [`Value #${refId(index)}`, title])] as [string, string][];
  const panel = table(heading)
    .targets(
      targets(
        columns.map(({ show }) => show),
        "instant",
      ),
    )
    .withTransformation({ id: "merge", options: {} })
    .withTransformation(organize(names, { Time: true }))
    .sortBy([new common.TableSortByFieldStateBuilder().displayName(sortBy).desc(true)])
    .overrideByName("Source", [sourceLink]);
  for (const { title, show, threshold } of columns) {
    const unit: DynamicConfigValue = { id: "unit", value: show.metric.unit };
    const colored = [
      { id: "thresholds", value: thresholds(threshold).build() },
      { id: "custom.cellOptions", value: { type: "color-text" } },
    ];
    panel.overrideByName(title, threshold ? [unit, ...colored] : [unit]);
  }
  return panel;
}

/** Grafana's names of a log line's own fields: before, and since, its newer log frames. */
const ARRIVAL = ["Time", "timestamp"];
const LINE = ["Line", "body"];

/** One row per record, newest first; every column can be filtered, and Inspect → Data exports the table. */
export function recordTable({ query, columns, ...heading }: Heading & { query: Logs; columns: readonly Column[] }) {
  const names: [string, string][] = [
    ...ARRIVAL.map((name) => [name, "Arrivée"]),
    ...columns.map(({ name, title }) => [name, title]),
    ...LINE.map((name) => [name, "Ligne"]),
  ] as [string, string][];
  const typed = columns.filter(({ kind }) => kind === "time" || kind === "measure");
  const conversions = typed.map(({ name, kind }) => ({ targetField: name, destinationType: kind === "time" ? "time" : "number" }));
  const panel = table(heading)
    .withTarget(target("A", query, "range").maxLines(1000))
    .withTransformation({ id: "extractFields", options: { source: "labels", format: "json", replace: false } })
    .withTransformation({ id: "filterFieldsByName", options: { include: { names: names.map(([name]) => name) } } })
    .withTransformation({ id: "convertFieldType", options: { conversions, fields: {} } })
    .withTransformation(organize(names))
    .sortBy([new common.TableSortByFieldStateBuilder().displayName("Arrivée").desc(true)]);
  for (const { title, kind, unit, name } of columns) {
    if (kind === "time") panel.overrideByName(title, [{ id: "unit", value: "dateTimeAsIso" }]);
    if (unit) panel.overrideByName(title, [{ id: "unit", value: unit }]);
    if (name === "source") panel.overrideByName(title, [sourceLink]);
    if (name === "etat")
      panel.overrideByName(title, [
        { id: "custom.cellOptions", value: { type: "color-background" } },
        { id: "mappings", value: [stateMapping] },
      ]);
  }
  return panel.overrideByName("Ligne", [{ id: "custom.inspect", value: true }]);
}

const stateMapping = { type: "value", options: Object.fromEntries(Object.entries(stateColors).map(([state, color], index) => [state, { color, index }])) };

const organize = (names: readonly [string, string][], excludeByName: Record<string, boolean> = {}) => ({
  id: "organize",
  options: { excludeByName, indexByName: Object.fromEntries(names.map(([name], index) => [name, index])), renameByName: Object.fromEntries(names) },
});
