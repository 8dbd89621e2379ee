import { keyed } from "../../../core/order.ts";
import { asList, asNumber, asObject, asText, isList, isObject, type Json, type JsonObject, without } from "../json.ts";
import type { Box, Dashboard, Panel } from "./model.ts";

type Raw = Readonly<{ panel: JsonObject; row: JsonObject | undefined }>;
const PLACE = ["x", "y", "w", "h"] as const;

const rawPanels = (list: Json | undefined): readonly JsonObject[] =>
  asList(list).map((panel) => (isObject(panel) ? panel : { value: panel }));

/** Panels and rows in reading order, each with its row; rows of Grafana before 5 are read as rows of today. */
function flattened(dashboard: JsonObject): readonly Raw[] {
  const oldRows = asList(dashboard.rows).map((row): JsonObject => ({ ...asObject(row), type: "row" }));
  const panels = [...rawPanels(dashboard.panels), ...oldRows];
  const y = ({ gridPos }: JsonObject) => asNumber(asObject(gridPos).y) ?? 0;
  const ordered = panels.every(({ gridPos }) => isObject(gridPos)) ? panels.toSorted((a, b) => y(a) - y(b)) : panels;
  let row: JsonObject | undefined;
  return ordered.flatMap((panel): readonly Raw[] => {
    if (panel.type !== "row") return [{ panel, row }];
    row = panel;
    return [{ panel, row: undefined }, ...rawPanels(panel.panels).map((inside) => ({ panel: inside, row: panel }))];
  });
}

/** The place of a panel, if it has one of its own. */
function boxOf({ gridPos }: JsonObject): Box | undefined {
  const [x, y, w, h] = PLACE.map((key) => asNumber(asObject(gridPos)[key]));
  return x === undefined || y === undefined || w === undefined || h === undefined ? undefined : { x, y, w, h };
}

/** Overrides with their properties by name, when nothing but the name and value of each is lost by it. */
function readable(fieldConfig: Json): Json {
  if (!isObject(fieldConfig) || !isList(fieldConfig.overrides)) return fieldConfig;
  const overrides = fieldConfig.overrides.map((override): Json => {
    const properties = asList(asObject(override).properties).map(asObject);
    const named = new Map(properties.map(({ id, value }) => [String(id), value!]));
    const isPlain = properties.every(
      (one) => typeof one.id === "string" && "value" in one && Object.keys(one).length === 2,
    );
    if (properties.length === 0 || !isPlain || named.size < properties.length) return override;
    return { ...asObject(override), properties: Object.fromEntries(named) };
  });
  return { ...fieldConfig, overrides };
}

/** What of a panel is told in no other field. */
function bodyOf(panel: JsonObject, box: Box | undefined): JsonObject {
  const { fieldConfig, ...rest } = panel.type === "row" && isList(panel.panels) ? without(panel, "panels") : panel;
  const body = fieldConfig === undefined ? rest : { ...rest, fieldConfig: readable(fieldConfig) };
  const place = without(asObject(panel.gridPos), ...PLACE);
  if (!box) return body;
  return Object.keys(place).length > 0 ? { ...body, gridPos: place } : without(body, "gridPos");
}

const nameOf = (panel: JsonObject): string => asText(panel.title) || asText(asObject(panel.libraryPanel).name) || "";

/** Reads a dashboard; its panels are apart from its body. */
export function dashboardOf(file: string, body: JsonObject): Dashboard {
  const found = [...keyed(flattened(body), ({ panel }) => String(panel.id ?? nameOf(panel)))];
  const keys = new Map(found.map(([key, { panel }]) => [panel, key]));
  const panels = found.map(([key, { panel, row }], index): Panel => {
    const box = boxOf(panel);
    return {
      kind: "panel",
      id: panel.id === undefined || panel.id === null ? undefined : String(panel.id),
      key,
      title: nameOf(panel),
      file,
      source: panel,
      body: bodyOf(panel, box),
      // One without a place of its own stands where the list has it.
      box: box ?? { x: 0, y: index, w: 1, h: 1 },
      row: row && keys.get(row),
    };
  });
  const lists = ["panels", "rows"].filter((key) => asList(body[key]).length > 0);
  const [id, title] = [asText(body.uid) || undefined, asText(body.title) ?? ""];
  return { kind: "dashboard", id, title, file, body: without(body, ...lists), panels };
}
