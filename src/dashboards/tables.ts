import type { Quantity, Unit } from "../core/units.ts";
import type { Logs } from "../queries/ast.ts";
import { refId } from "../queries/datasource.ts";
import { RAW } from "../queries/records.ts";
import type { Column } from "../schema.ts";
import { stateColors } from "./colors.ts";
import { linkFrom } from "./links.ts";
import { type Heading, headed, NO_RUN } from "./panels.ts";
import { common, type DynamicConfigValue, TablePanel } from "./sdk.ts";
import { decimalsOf, type Series, target, targets, thresholds } from "./series.ts";

const sourceLink = linkFrom("__data.fields.source");
/** In pixels: a head with its funnel and arrow, and the longest value, fit. */
const WIDTHS = {
  date: 165,
  seconds: 88,
  bytes: 100,
  number: 128,
  share: 140,
  state: 90,
  source: 130,
  object: 125,
  rest: 95,
} as const;
const wide = (pixels: number): DynamicConfigValue => ({ id: "custom.width", value: pixels });
/** Takes what the other columns leave, and opens on click. */
const TEXT: readonly DynamicConfigValue[] = [
  { id: "custom.minWidth", value: WIDTHS.rest },
  { id: "custom.inspect", value: true },
];
const measured = (unit: Unit): DynamicConfigValue[] => [
  { id: "unit", value: unit },
  { id: "decimals", value: decimalsOf(unit) },
];

const table = (heading: Heading, noValue: string) =>
  headed(new TablePanel(), heading)
    .filterable(true)
    .showHeader(true)
    .cellHeight(common.TableCellHeight.Sm)
    .noValue(noValue)
    // The words are for an empty table; an empty cell stays empty.
    .overrideByRegexp("/.*/", [{ id: "noValue", value: "" }]);

type MetricColumn<U extends Unit = Unit> = Readonly<{ title: string; show: Series<U>; threshold?: Quantity<U> }>;
export const metricColumn = <U extends Unit>(
  title: string,
  show: Series<U>,
  threshold?: Quantity<NoInfer<U>>,
): MetricColumn<U> => ({ title, show, ...(threshold && { threshold }) });

type Name = readonly [field: string, shown: string];
type Sources = Heading & { columns: readonly MetricColumn[]; sortBy: string };
/** One row per source, one column per metric, largest first in the column named by `sortBy`. */
export function sourceTable({ columns, sortBy, ...heading }: Sources) {
  const named = columns.map(({ title }, index): Name => [`Value #${refId(index)}`, title]);
  const shown = columns.map(({ show }) => show);
  const panel = table(heading, NO_RUN)
    .targets(targets(shown, "instant"))
    .withTransformation({ id: "merge", options: {} })
    .withTransformation(organize([["source", "Source"], ...named], { Time: true }))
    .sortBy([new common.TableSortByFieldStateBuilder().displayName(sortBy).desc(true)])
    .overrideByName("Source", [{ id: "custom.minWidth", value: WIDTHS.rest }, sourceLink]);
  for (const { title, show, threshold } of columns) {
    const colored = threshold && [
      { id: "thresholds", value: thresholds(threshold).build() },
      { id: "custom.cellOptions", value: { type: "color-text" } },
    ];
    const { unit } = show.metric;
    const width = wide(unit === "percentunit" ? WIDTHS.share : WIDTHS.number);
    panel.overrideByName(title, [...measured(unit), width, ...(colored ?? [])]);
  }
  return panel;
}

/** Grafana's names of a log line's own time: before, and since, its newer log frames. */
const ARRIVAL = ["Time", "timestamp"];
const DATE: readonly DynamicConfigValue[] = [{ id: "unit", value: "dateTimeAsIso" }, wide(WIDTHS.date)];

/** How a column of records is shown. */
function lookOf({ kind, unit, name }: Column): DynamicConfigValue[] {
  if (kind === "time") return [...DATE];
  if (unit) return [...measured(unit), wide(unit === "s" ? WIDTHS.seconds : WIDTHS.bytes)];
  switch (name) {
    case "source":
      return [wide(WIDTHS.source), sourceLink];
    case "etat":
      return [
        wide(WIDTHS.state),
        { id: "custom.cellOptions", value: { type: "color-background" } },
        { id: "mappings", value: [stateMapping] },
      ];
    case "description":
      return [...TEXT];
    default:
      return [wide(WIDTHS.object)];
  }
}

type Records = Heading & Readonly<{ query: Logs; columns: readonly Column[]; noValue: string }>;

/** One row per record, newest first; every column can be filtered, and Inspect → Data exports the table. */
export function recordTable({ query, columns, noValue, ...heading }: Records) {
  const arrival = ARRIVAL.map((name): Name => [name, "Arrivée"]);
  const names: readonly Name[] = [...arrival, ...columns.map(({ name, title }): Name => [name, title]), [RAW, "Ligne"]];
  const typed = columns.filter(({ kind }) => kind === "time" || kind === "measure");
  const conversions = typed.map(({ name, kind }) => ({
    targetField: name,
    destinationType: kind === "time" ? "time" : "number",
  }));
  const panel = table(heading, noValue)
    .withTarget(target(query, { id: "A", asked: "range" }).maxLines(1000))
    .withTransformation({ id: "extractFields", options: { source: "labels", format: "json", replace: false } })
    .withTransformation({ id: "filterFieldsByName", options: { include: { names: names.map(([name]) => name) } } })
    .withTransformation({ id: "convertFieldType", options: { conversions, fields: {} } })
    .withTransformation(organize(names))
    .sortBy([new common.TableSortByFieldStateBuilder().displayName("Arrivée").desc(true)])
    .overrideByName("Arrivée", [...DATE]);
  for (const column of columns) panel.overrideByName(column.title, lookOf(column));
  return panel.overrideByName("Ligne", [...TEXT]);
}

const stateMapping = {
  type: "value",
  options: Object.fromEntries(Object.entries(stateColors).map(([state, color], index) => [state, { color, index }])),
};

const organize = (names: readonly Name[], excludeByName: Record<string, boolean> = {}) => ({
  id: "organize",
  options: {
    excludeByName,
    indexByName: Object.fromEntries(names.map(([name], index) => [name, index])),
    renameByName: Object.fromEntries(names),
  },
});
