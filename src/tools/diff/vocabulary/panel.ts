import { inUnit, unitName } from "../../../core/grafana-units.ts";
import { asList, asObject, asText, canonical, get, type Json, type JsonObject, written } from "../json.ts";
import { inWords } from "../words.ts";
import * as say from "./say.ts";
import { here, joined, named, quoted, type Scope, type Side, saying, text, words } from "./scope.ts";

const queryText = (target: JsonObject): string | undefined =>
  asText(target.expr) ?? asText(target.query) ?? asText(target.rawSql);
const asked = here({ form: "query" });

/** The words for queries; one that is alone has no letter. */
const targets = named({
  of: "query",
  by: "refId",
  noun: (_, { key, items }) => (items.length > 1 ? `query ${key}` : "query"),
  scope: words({
    terms: { expr: asked, query: asked, rawSql: asked, legendFormat: "legend", refId: "letter", hide: "hidden" },
  }),
  content: ({ refId: _, ...item }) => (queryText(item) === undefined ? undefined : canonical(item)),
  form: "query",
  say: (item) => queryText(item) ?? inWords(item),
  order: "order of queries",
});

export const link = named({ of: "link", by: "title", say: ({ url }) => asText(url) ?? "" });

const unitOfPart = ({ part, entity }: Side): string | undefined =>
  asText(get(part, "properties", "unit")) ?? asText(get(entity.body, "fieldConfig", "defaults", "unit"));
const amount = (what: string) =>
  saying(what, (value, side) => (typeof value === "number" ? inUnit(value, unitOfPart(side)) : undefined));
const unit = saying("unit", (value) => (typeof value === "string" ? unitName(value) : undefined));
const threshold = saying("threshold", (value, side) => say.thresholds(value, unitOfPart(side)));
/** The words for how values are shown, by their path before the property. */
const fields = (prefix: string): Scope["terms"] & {} => ({
  [`${prefix}.unit`]: unit,
  [`${prefix}.thresholds`]: threshold,
  [`${prefix}.thresholds.mode`]: "threshold mode",
  [`${prefix}.min`]: amount("minimum"),
  [`${prefix}.max`]: amount("maximum"),
});

function property(name: string, value: Json, side: Side): string {
  const titles = asList(value).map((one) => quoted(asText(get(one, "title")) ?? ""));
  if (name === "links") return `link ${titles.join(", ")}`;
  const term = { thresholds: threshold, unit }[name];
  return `${term?.what ?? name} ${term?.say?.(value, side) ?? inWords(value)}`;
}
const overrides = named({
  of: "override of",
  key: ({ matcher }) => {
    const { options } = asObject(matcher);
    if (options === undefined) return undefined;
    return typeof options === "object" ? written(options) : String(options);
  },
  noun: (item, { key }) => {
    const { id } = asObject(item.matcher);
    if (id === "byName") return `field ${quoted(key)}`;
    return id === "byFrameRefID" ? `fields of query ${key}` : `override of ${quoted(key)}`;
  },
  scope: {
    terms: fields("properties"),
    lists: { "properties.links": link },
    maps: { properties: (what) => ({ what }) },
  },
  say: (item, side) => {
    const all = Object.entries(asObject(item.properties)).map(([name, value]) => property(name, value, side));
    return all.length > 0 ? all.join("; ") : inWords(item.properties ?? item);
  },
  order: "order of overrides",
});

/** The words for a panel. */
export const panelScope = words({
  terms: {
    id: "number",
    ...fields("fieldConfig.defaults"),
    "fieldConfig.defaults.custom.axisSoftMax": amount("least height of the axis"),
    "options.content": text("content"),
  },
  lists: {
    targets,
    links: link,
    "fieldConfig.defaults.links": link,
    "fieldConfig.overrides": overrides,
    transformations: named({ of: "transformation", by: "id", say: ({ options }) => inWords(options ?? {}) }),
  },
});

/** Says a panel that came or went: its type and how many queries it has. */
export function panelSummary({ body }: Side["entity"]): string {
  const count = asList(body.targets).length;
  const queries = count > 1 ? `${count} queries` : "1 query";
  return joined(asText(body.type), count > 0 ? queries : undefined);
}
