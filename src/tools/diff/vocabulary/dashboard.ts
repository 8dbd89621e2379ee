import { asText, get, type JsonObject } from "../json.ts";
import { inWords } from "../words.ts";
import { link } from "./panel.ts";
import * as say from "./say.ts";
import { datasource, name, named, query, type Scope, said, text, title, yesNo } from "./scope.ts";

const variables = named({
  of: "variable",
  scope: {
    terms: {
      query: { ...query, say: asText },
      "query.stream": query,
      "query.query": query,
      definition: query,
      label: "label",
      name,
      datasource,
      multi: yesNo("several values"),
      includeAll: yesNo("has “all”"),
      allValue: "value of “all”",
    },
  },
  say: (item) => [asText(item.type), saidQuery(item)].filter((one) => one !== undefined).join(", "),
});
function saidQuery({ query }: JsonObject): string | undefined {
  const [label, stream] = [asText(get(query, "label")), asText(get(query, "stream"))];
  if (label !== undefined && stream !== undefined) return `label ${label} of ${stream}`;
  return query === undefined ? undefined : inWords(query);
}

const annotations = named({
  of: "annotation",
  scope: {
    terms: {
      expr: query,
      "target.expr": query,
      name,
      enable: yesNo("on"),
      iconColor: "colour",
      hide: yesNo("hidden"),
      "filter.ids": said("panels", say.listed),
      "filter.exclude": yesNo("on all other panels"),
      datasource,
      "target.datasource": datasource,
      titleFormat: text("title"),
      textFormat: text("text"),
    },
  },
  form: "query",
  say: (item) => asText(item.expr) ?? asText(get(item, "target", "expr")) ?? inWords(item),
});

/** The words for a dashboard without its panels. */
export const dashboardScope: Scope = {
  terms: {
    title,
    description: text("description"),
    time: said("time range", say.timeRange),
    refresh: said("refresh", say.refresh),
    timezone: "time zone",
    tags: said("tags", say.listed),
    editable: yesNo("editable"),
    $file: "file",
  },
  lists: { "templating.list": variables, "annotations.list": annotations, links: link },
};
