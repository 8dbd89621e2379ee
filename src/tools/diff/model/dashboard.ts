import { keyed } from "../../../core/order.ts";
import { asList, asNumber, asObject, asText, isList, isObject, type Json, type JsonObject, without } from "../json.ts";
import type { Box, Dashboard, Panel } from "./model.ts";

type Raw = Readonly<{ panel: JsonObject; row: JsonObject | undefined; hidden: boolean }>;

/** Panels and rows in reading order, each with the row that it stands in; rows of Grafana before 5 are read as rows of today. */
function flattened(dashboard: JsonObject): readonly Raw[] {
  const oldRows = asList(dashboard.rows).map((row): JsonObject => ({ ...asObject(row), type: "row" }));
  const panels = [...asList(dashboard.panels), ...oldRows].map((panel) => (isObject(panel) ? panel : { value: panel }));
  const y = ({ gridPos }: JsonObject) => asNumber(asObject(gridPos).y) ?? 0;
  const ordered = panels.every(({ gridPos }) => isObject(gridPos)) ? panels.toSorted((a, b) => y(a) - y(b)) : panels;
  let row: JsonObject | undefined;
  return ordered.flatMap((panel): readonly Raw[] => {
    if (panel.type !== "row") return [{ panel, row, hidden: false }];
    row = panel;
    const inside = asList(panel.panels).map(
      (item): Raw => ({ panel: isObject(item) ? item : { value: item }, row: panel, hidden: true }),
    );
    return [{ panel, row: undefined, hidden: false }, ...inside];
  });
}

/** The place of a panel; one without a place of its own stands where the list has it. */
function placeOf({ gridPos }: JsonObject, index: number): Readonly<{ box: Box; placed: boolean }> {
  const [x, y, w, h] = ["x", "y", "w", "h"].map((key) => asNumber(asObject(gridPos)[key]));
  const placed = x !== undefined && y !== undefined && w !== undefined && h !== undefined;
  return placed ? { box: { x, y, w, h }, placed } : { box: { x: 0, y: index, w: 1, h: 1 }, placed };
}

const withPlace = (panel: JsonObject): JsonObject => {
  const rest = without(asObject(panel.gridPos), "x", "y", "w", "h");
  return Object.keys(rest).length > 0 ? { ...panel, gridPos: rest } : without(panel, "gridPos");
};

/** Overrides with their properties by name, when nothing but the name and value of each is lost by it. */
function readable(fieldConfig: Json | undefined): Json | undefined {
  if (!isObject(fieldConfig) || !isList(fieldConfig.overrides)) return fieldConfig;
  const overrides = fieldConfig.overrides.map((override): Json => {
    const properties = asList(asObject(override).properties).map(asObject);
    const ids = properties.map(({ id }) => id);
    const plain = properties.every(
      (property) => typeof property.id === "string" && "value" in property && Object.keys(property).length === 2,
    );
    if (properties.length === 0 || !plain || new Set(ids).size < ids.length) return override;
    return {
      ...asObject(override),
      properties: Object.fromEntries(properties.map(({ id, value }) => [id as string, value!])),
    };
  });
  return { ...fieldConfig, overrides };
}

function bodyOf(panel: JsonObject, placed: boolean): JsonObject {
  const { fieldConfig, ...rest } = panel.type === "row" && isList(panel.panels) ? without(panel, "panels") : panel;
  const body = fieldConfig === undefined ? rest : { ...rest, fieldConfig: readable(fieldConfig)! };
  return placed ? withPlace(body) : body;
}

const nameOf = (panel: JsonObject): string => asText(panel.title) || asText(asObject(panel.libraryPanel).name) || "";

/** Reads a dashboard; its panels are apart from its body. */
export function dashboardOf(file: string, body: JsonObject): Dashboard {
  const found = flattened(body);
  const keys = new Map(
    [...keyed(found, ({ panel }) => String(panel.id ?? nameOf(panel)))].map(([key, { panel }]) => [panel, key]),
  );
  const panels = found.map(({ panel, row, hidden }, index): Panel => {
    const { box, placed } = placeOf(panel, index);
    const id = panel.id === undefined || panel.id === null ? undefined : String(panel.id);
    return {
      kind: "panel",
      id,
      key: keys.get(panel)!,
      title: nameOf(panel),
      file,
      body: bodyOf(panel, placed),
      box,
      placed,
      row: row && keys.get(row),
      hidden,
    };
  });
  const told = ["panels", "rows"].filter((key) => asList(body[key]).length > 0);
  return {
    kind: "dashboard",
    id: asText(body.uid) || undefined,
    title: asText(body.title) ?? "",
    file,
    body: without(body, ...told),
    panels,
  };
}
