import { asText, get, type JsonObject } from "../json.ts";
import { inWords } from "../words.ts";
import { link } from "./panel.ts";
import * as say from "./say.ts";
import { type List, quoted, type Scope, type Term } from "./scope.ts";

const query: Term = { what: "query", form: "query" };

const variables: List = {
  key: ({ name }) => asText(name),
  noun: (_, key) => `variable ${quoted(key)}`,
  scope: {
    terms: {
      query: { what: "query", form: "query", say: asText },
      "query.stream": query,
      "query.query": query,
      definition: query,
      label: { what: "label" },
      name: { what: "name", form: "name" },
      datasource: { what: "data source", say: say.datasource },
      multi: { what: "several values", say: say.yesNo },
      includeAll: { what: "has “all”", say: say.yesNo },
      allValue: { what: "value of “all”" },
    },
  },
  say: (item) => [asText(item.type), saidQuery(item)].filter((text) => text !== undefined).join(", "),
  order: "order of variables",
};
function saidQuery({ query }: JsonObject): string | undefined {
  const [label, stream] = [asText(get(query, "label")), asText(get(query, "stream"))];
  return label !== undefined && stream !== undefined
    ? `label ${label} of ${stream}`
    : query === undefined
      ? undefined
      : inWords(query);
}

const annotations: List = {
  key: ({ name }) => asText(name),
  noun: (_, key) => `annotation ${quoted(key)}`,
  scope: {
    terms: {
      expr: query,
      "target.expr": query,
      name: { what: "name", form: "name" },
      enable: { what: "on", say: say.yesNo },
      iconColor: { what: "colour" },
      hide: { what: "hidden", say: say.yesNo },
      "filter.ids": { what: "panels", say: say.listed },
      "filter.exclude": { what: "on all other panels", say: say.yesNo },
      datasource: { what: "data source", say: say.datasource },
      "target.datasource": { what: "data source", say: say.datasource },
      titleFormat: { what: "title", form: "text" },
      textFormat: { what: "text", form: "text" },
    },
  },
  form: "query",
  say: (item) => asText(item.expr) ?? asText(get(item, "target", "expr")) ?? inWords(item),
  order: "order of annotations",
};

/** The words for a dashboard without its panels. */
export const dashboardScope: Scope = {
  terms: {
    title: { what: "title", form: "name" },
    uid: { what: "uid" },
    description: { what: "description", form: "text" },
    time: { what: "time range", say: say.timeRange },
    refresh: { what: "refresh", say: say.refresh },
    timezone: { what: "time zone" },
    tags: { what: "tags", say: say.listed },
    editable: { what: "editable", say: say.yesNo },
    $file: { what: "file" },
  },
  lists: { "templating.list": variables, "annotations.list": annotations, links: link },
};
