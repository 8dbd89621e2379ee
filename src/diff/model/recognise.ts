import { asList, asObject, asText, get, isList, isObject, type Json, type JsonObject, without } from "../json.ts";
import { alertingOf } from "./alerting.ts";
import { dashboardOf } from "./dashboard.ts";
import type { Dashboard, Entity, Kind } from "./model.ts";

type Found = Readonly<{ dashboards: readonly Dashboard[]; others: readonly Entity[] }>;

const isDashboard = (value: JsonObject): boolean =>
  isList(value.panels) || isList(value.rows) || isList(get(value, "templating", "list")) || isList(get(value, "annotations", "list"));

/** The dashboard in a file, and what is wrapped around it. */
function unwrapped(value: JsonObject): readonly [dashboard: JsonObject, wrapping: JsonObject] | undefined {
  if (isDashboard(value)) return [value, {}];
  for (const key of ["dashboard", "spec"]) {
    const inner = value[key];
    if (!isObject(inner) || !isDashboard(inner)) continue;
    const name = asText(get(value, "metadata", "name"));
    return [inner.uid === undefined && name !== undefined ? { ...inner, uid: name } : inner, without(value, key)];
  }
  return undefined;
}

/** Things that one list of a provisioning file names, one entity each. */
const named = (kind: Kind, file: string, list: Json | undefined): readonly Entity[] =>
  asList(list).map((item) => {
    const body = isObject(item) ? item : { value: item };
    const [id, title] = [asText(body.uid), asText(body.name)];
    return { kind, id, title: title ?? id ?? "", file, body };
  });

const whole = (kind: Kind, file: string, body: JsonObject, title = file): Entity => ({ kind, id: undefined, title, file, body });

/** Says what a document is, by what it contains, and finds the things in it; nothing of it is left out. */
export function recognise(file: string, document: Json): Found {
  if (isList(document) && document.length > 0 && document.every((item) => isObject(item) && unwrapped(item))) {
    const found = document.map((item) => recognise(file, item));
    return { dashboards: found.flatMap(({ dashboards }) => dashboards), others: found.flatMap(({ others }) => others) };
  }
  if (!isObject(document)) return { dashboards: [], others: [whole("file", file, { value: document })] };
  const dashboard = unwrapped(document);
  if (dashboard) {
    const [body, wrapping] = dashboard;
    return { dashboards: [dashboardOf(file, body)], others: Object.keys(wrapping).length > 0 ? [whole("file", file, wrapping)] : [] };
  }
  if (isObject(document.schema_config) || isObject(document.limits_config)) return { dashboards: [], others: [whole("loki", file, document, "Loki")] };
  if (isList(document.scrape_configs)) return { dashboards: [], others: [whole("promtail", file, document, "Promtail")] };
  const { entities, rest } = alertingOf(file, document);
  const others = [...entities, ...named("data source", file, rest.datasources), ...named("provider", file, rest.providers)];
  return { dashboards: [], others: [...others, whole("file", file, emptied(rest, "datasources", "providers"))] };
}

/** Lists whose items became entities leave the file; an empty or odd one stays, so that its change is seen. */
const emptied = (document: JsonObject, ...keys: readonly string[]): JsonObject =>
  without(asObject(document), ...keys.filter((key) => asList(document[key]).length > 0));
