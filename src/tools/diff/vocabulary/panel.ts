import { asList, asObject, asText, canonical, get, type Json, type JsonObject, written } from "../json.ts";
import { inUnit, inWords } from "../words.ts";
import * as say from "./say.ts";
import { type List, quoted, type Scope, type Side, type Term } from "./scope.ts";

const QUERY_TERM: Term = { what: (noun) => noun, form: "query" };
const queryText = (target: JsonObject): string | undefined =>
  asText(target.expr) ?? asText(target.query) ?? asText(target.rawSql);

/** The words for one query; a query that is alone has no letter. */
const target: Scope = {
  terms: {
    expr: QUERY_TERM,
    query: QUERY_TERM,
    rawSql: QUERY_TERM,
    legendFormat: { what: "legend" },
    datasource: { what: "data source", say: say.datasource },
    refId: { what: "letter" },
    hide: { what: "hidden", say: say.yesNo },
    interval: { what: "minimum step", say: say.duration },
  },
};
export const targets: List = {
  key: ({ refId }) => asText(refId),
  noun: (_, key, __, items) => (items.length > 1 ? `query ${key}` : "query"),
  scope: target,
  content: ({ refId: _, ...item }) => (queryText(item) === undefined ? undefined : canonical(item)),
  form: "query",
  say: (item) => queryText(item) ?? inWords(item),
  order: "order of queries",
};

export const link: List = {
  key: ({ title }) => asText(title),
  noun: (_, key) => `link ${quoted(key)}`,
  scope: { terms: { url: { what: "address" }, title: { what: "title", form: "name" } } },
  say: ({ url }) => asText(url) ?? "",
  order: "order of links",
};

const unitOfPart = ({ part, entity }: Side): string | undefined =>
  asText(get(part, "properties", "unit")) ?? asText(get(entity.body, "fieldConfig", "defaults", "unit"));
const thresholds: Term = { what: "threshold", say: (value, side) => say.thresholds(value, unitOfPart(side)) };
const amount = (what: string): Term => ({
  what,
  say: (value, side) => (typeof value === "number" ? inUnit(value, unitOfPart(side)) : undefined),
});

const overridden = (item: JsonObject, key: string): string => {
  const { id } = asObject(item.matcher);
  if (id === "byName") return `field ${quoted(key)}`;
  return id === "byFrameRefID" ? `fields of query ${key}` : `override of ${quoted(key)}`;
};
const titles = (links: Json): string =>
  asList(links)
    .map((one) => quoted(asText(get(one, "title")) ?? ""))
    .join(", ");
const properties = (item: JsonObject, side: Side): string => {
  const told = (name: string, value: Json): string => {
    if (name === "thresholds") return `threshold ${thresholds.say?.(value, side) ?? inWords(value)}`;
    if (name === "links") return `link ${titles(value)}`;
    return `${name} ${(name === "unit" ? say.unitName(value) : undefined) ?? inWords(value)}`;
  };
  const all = Object.entries(asObject(item.properties)).map(([name, value]) => told(name, value));
  return all.length > 0 ? all.join("; ") : inWords(item.properties ?? item);
};
const overrides: List = {
  key: ({ matcher }) => {
    const { options } = asObject(matcher);
    return typeof options === "object" ? written(options) : options === undefined ? undefined : String(options);
  },
  noun: overridden,
  scope: {
    terms: {
      "properties.unit": { what: "unit", say: say.unitName },
      "properties.thresholds": thresholds,
      "properties.thresholds.mode": { what: "threshold mode" },
      "properties.min": amount("minimum"),
      "properties.max": amount("maximum"),
    },
    lists: { "properties.links": link },
    maps: { properties: (key) => ({ what: key }) },
  },
  say: properties,
  order: "order of overrides",
};

const transformations: List = {
  key: ({ id }) => asText(id),
  noun: (_, key) => `transformation ${quoted(key)}`,
  scope: {},
  say: ({ options }) => inWords(options ?? {}),
  order: "order of transformations",
};

/** The words for a panel. */
export const panelScope: Scope = {
  terms: {
    title: { what: "title", form: "name" },
    id: { what: "number" },
    type: { what: "type" },
    description: { what: "description", form: "text" },
    datasource: { what: "data source", say: say.datasource },
    interval: { what: "minimum step", say: say.duration },
    timeFrom: { what: "own time range", say: say.duration },
    "fieldConfig.defaults.unit": { what: "unit", say: say.unitName },
    "fieldConfig.defaults.thresholds": thresholds,
    "fieldConfig.defaults.thresholds.mode": { what: "threshold mode" },
    "fieldConfig.defaults.min": amount("minimum"),
    "fieldConfig.defaults.max": amount("maximum"),
    "fieldConfig.defaults.custom.axisSoftMax": amount("least height of the axis"),
    "fieldConfig.defaults.noValue": { what: "text without data" },
    "fieldConfig.defaults.decimals": { what: "decimals" },
    "options.content": { what: "content", form: "text" },
    transparent: { what: "transparent", say: say.yesNo },
    collapsed: { what: "collapsed", say: say.yesNo },
  },
  lists: {
    targets,
    links: link,
    "fieldConfig.defaults.links": link,
    "fieldConfig.overrides": overrides,
    transformations,
  },
};

/** Says a panel that came or went: its type and how many queries it has. */
export function panelSummary({ body }: Side["entity"]): string {
  const count = asList(body.targets).length;
  return [asText(body.type), count > 0 ? `${count} ${count > 1 ? "queries" : "query"}` : undefined]
    .filter((text) => text !== undefined)
    .join(", ");
}
