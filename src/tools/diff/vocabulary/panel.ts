import { inUnit } from "../../../core/grafana-units.ts";
import { asList, asObject, asText, canonical, get, type Json, type JsonObject, written } from "../json.ts";
import { inWords } from "../words.ts";
import * as say from "./say.ts";
import {
  datasource,
  duration,
  here,
  type List,
  named,
  quoted,
  type Scope,
  type Side,
  said,
  text,
  title,
  yesNo,
} from "./scope.ts";

const queryText = (target: JsonObject): string | undefined =>
  asText(target.expr) ?? asText(target.query) ?? asText(target.rawSql);
const asked = here({ form: "query" });

/** The words for queries; one that is alone has no letter. */
const targets = named({
  of: "query",
  key: "refId",
  noun: (_, key, __, items) => (items.length > 1 ? `query ${key}` : "query"),
  scope: {
    terms: {
      expr: asked,
      query: asked,
      rawSql: asked,
      legendFormat: "legend",
      datasource,
      refId: "letter",
      hide: yesNo("hidden"),
      interval: duration("minimum step"),
    },
  },
  content: ({ refId: _, ...item }) => (queryText(item) === undefined ? undefined : canonical(item)),
  form: "query",
  say: (item) => queryText(item) ?? inWords(item),
  order: "order of queries",
});

export const link = named({
  of: "link",
  key: "title",
  scope: { terms: { url: "address", title } },
  say: ({ url }) => asText(url) ?? "",
});

const unitOfPart = ({ part, entity }: Side): string | undefined =>
  asText(get(part, "properties", "unit")) ?? asText(get(entity.body, "fieldConfig", "defaults", "unit"));
const amount = (what: string) =>
  said(what, (value, side) => (typeof value === "number" ? inUnit(value, unitOfPart(side)) : undefined));
/** The words for how values are shown, by their path before the property. */
const fields = (prefix: string): Scope["terms"] & {} => ({
  [`${prefix}.unit`]: said("unit", say.unitName),
  [`${prefix}.thresholds`]: said("threshold", (value, side) => say.thresholds(value, unitOfPart(side))),
  [`${prefix}.thresholds.mode`]: "threshold mode",
  [`${prefix}.min`]: amount("minimum"),
  [`${prefix}.max`]: amount("maximum"),
  [`${prefix}.noValue`]: "text without data",
  [`${prefix}.decimals`]: "decimals",
});

const titles = (links: Json): string =>
  asList(links)
    .map((one) => quoted(asText(get(one, "title")) ?? ""))
    .join(", ");
const properties = (item: JsonObject, side: Side): string => {
  const each = (name: string, value: Json): string => {
    if (name === "thresholds") return `threshold ${say.thresholds(value, unitOfPart(side)) ?? inWords(value)}`;
    if (name === "links") return `link ${titles(value)}`;
    return `${name} ${(name === "unit" ? say.unitName(value) : undefined) ?? inWords(value)}`;
  };
  const all = Object.entries(asObject(item.properties)).map(([name, value]) => each(name, value));
  return all.length > 0 ? all.join("; ") : inWords(item.properties ?? item);
};
const overrides: List = {
  key: ({ matcher }) => {
    const { options } = asObject(matcher);
    return typeof options === "object" ? written(options) : options === undefined ? undefined : String(options);
  },
  noun: (item, key) => {
    const { id } = asObject(item.matcher);
    if (id === "byName") return `field ${quoted(key)}`;
    return id === "byFrameRefID" ? `fields of query ${key}` : `override of ${quoted(key)}`;
  },
  scope: {
    terms: fields("properties"),
    lists: { "properties.links": link },
    maps: { properties: (key) => ({ what: key }) },
  },
  say: properties,
  order: "order of overrides",
};

/** The words for a panel. */
export const panelScope: Scope = {
  terms: {
    title,
    id: "number",
    description: text("description"),
    datasource,
    interval: duration("minimum step"),
    timeFrom: duration("own time range"),
    ...fields("fieldConfig.defaults"),
    "fieldConfig.defaults.custom.axisSoftMax": amount("least height of the axis"),
    "options.content": text("content"),
    transparent: yesNo("transparent"),
    collapsed: yesNo("collapsed"),
  },
  lists: {
    targets,
    links: link,
    "fieldConfig.defaults.links": link,
    "fieldConfig.overrides": overrides,
    transformations: named({ of: "transformation", key: "id", say: ({ options }) => inWords(options ?? {}) }),
  },
};

/** Says a panel that came or went: its type and how many queries it has. */
export function panelSummary({ body }: Side["entity"]): string {
  const count = asList(body.targets).length;
  const queries = count > 1 ? `${count} queries` : "1 query";
  return [asText(body.type), count > 0 ? queries : undefined].filter((one) => one !== undefined).join(", ");
}
