import { asList, asObject, asText, get, isObject, type Json, type JsonObject } from "../json.ts";
import type { Entity, Kind, State } from "../model/model.ts";
import { inWords } from "../words.ts";
import { link, panelScope, panelSummary } from "./panel.ts";
import { ruleScope, ruleSummary } from "./rule.ts";
import * as say from "./say.ts";
import { joined, type List, named, query, type Scope, saying, text, words } from "./scope.ts";

const variables = named({
  of: "variable",
  scope: words({
    terms: { query: { ...query, say: asText }, "query.stream": query, "query.query": query, definition: query },
  }),
  say: ({ type, query: asked }) => {
    const [label, stream] = [asText(get(asked, "label")), asText(get(asked, "stream"))];
    const labels = label === undefined || stream === undefined ? undefined : `label ${label} of ${stream}`;
    return joined(asText(type), labels ?? (asked === undefined ? undefined : inWords(asked)));
  },
});
const annotations = named({
  of: "annotation",
  scope: words({
    terms: {
      "target.expr": query,
      enable: "on",
      hide: "hidden",
      iconColor: "colour",
      "filter.ids": "panels",
      "filter.exclude": "on all other panels",
    },
  }),
  form: "query",
  say: (item) => asText(item.expr) ?? asText(get(item, "target", "expr")) ?? inWords(item),
});
const refresh = (value: Json) => (value === "" || value === false ? "off" : undefined);
const dashboardScope = words({
  terms: { time: saying("time range", say.timeRange), refresh: saying("refresh", refresh), timezone: "time zone" },
  lists: { "templating.list": variables, "annotations.list": annotations, links: link },
});

const receivers = named({
  of: "receiver",
  by: "uid",
  noun: (item, { key, items }) => (items.length > 1 ? `${asText(item.type) ?? "receiver"} ${key}` : ""),
  scope: words({
    terms: {
      "settings.addresses": "addresses",
      "settings.subject": text("subject"),
      "settings.message": text("message"),
    },
  }),
  say: ({ type, settings }) => `${asText(type) ?? "receiver"} ${inWords(settings ?? {})}`,
  order: undefined,
});

/** Says label matchers, in Grafana's three ways to write them, as `severity = critical`. */
function matchers({ object_matchers, matchers: texts, match, match_re }: JsonObject): string | undefined {
  const triples = asList(object_matchers).map((item) => asList(item).join(" "));
  const plain = asList(texts).map((item) => (typeof item === "string" ? item : inWords(item)));
  const pairs = (value: Json | undefined, op: string) =>
    isObject(value) ? Object.entries(value).map(([label, one]) => `${label} ${op} ${one}`) : [];
  return [...triples, ...plain, ...pairs(match, "="), ...pairs(match_re, "=~")].join(" and ") || undefined;
}
const policy: Scope["terms"] = {
  receiver: "contact point",
  group_by: "grouped by",
  group_wait: "first message after",
  group_interval: "next message of a group after",
  repeat_interval: "repeated every",
  object_matchers: saying("for", (value) => matchers({ object_matchers: value })),
  matchers: saying("for", (value) => matchers({ matchers: value })),
  mute_time_intervals: "muted during",
  continue: "goes on to the next route",
};
const routes: List = named({
  of: "route",
  key: (item) => matchers(item) ?? asText(item.receiver),
  noun: (_, { key }) => `route for ${key}`,
  scope: {
    terms: policy,
    lists: {
      get routes() {
        return routes;
      },
    },
  },
  say: ({ receiver }) => `to ${inWords(receiver ?? null)}`,
});

/** A stage has one key, its kind; several of a kind are told apart by the field that they work on. */
const stages = named({
  of: "stage",
  key: (stage) => {
    const [kind] = Object.keys(stage);
    const source = kind && asText(asObject(stage[kind]).source);
    return source ? `${kind} of ${source}` : kind;
  },
  noun: (_, { key }) => `stage ${key}`,
  say: (item) => inWords(Object.values(item)[0] ?? null),
});
const jobs = named({
  of: "job",
  by: "job_name",
  noun: (_, { key }) => `job ${key}`,
  scope: { lists: { pipeline_stages: stages } },
});
const schemas = named({ of: "schema", by: "from", noun: (_, { key }) => `schema from ${key}` });

const typesOf = ({ body }: Entity) => asList(body.receivers).map((item) => asText(asObject(item).type) ?? "receiver");

/** The words for the parts of a thing, and what is said of one that came or went. */
type Words = Readonly<{ scope: Scope; summary?: (entity: Entity, state: State) => string }>;
/** The words for every kind of thing. */
export const WORDS: Readonly<Record<Kind, Words>> = {
  dashboard: { scope: dashboardScope },
  panel: { scope: panelScope, summary: panelSummary },
  rule: { scope: ruleScope, summary: ruleSummary },
  retired: { scope: words() },
  "contact point": { scope: words({ lists: { receivers } }), summary: (entity) => typesOf(entity).join(", ") },
  policy: { scope: words({ terms: policy, lists: { routes } }) },
  template: { scope: words({ terms: { template: text("text") } }) },
  "mute timing": { scope: words() },
  "data source": { scope: words(), summary: ({ body: { type, url } }) => joined(asText(type), asText(url)) },
  provider: { scope: words() },
  loki: {
    scope: words({
      terms: { "limits_config.retention_period": "retention", "table_manager.retention_period": "retention" },
      lists: { "schema_config.configs": schemas },
    }),
  },
  promtail: { scope: words({ lists: { scrape_configs: jobs } }) },
  wrapper: { scope: {}, summary: ({ body }) => Object.keys(body).join(", ") },
  file: { scope: {} },
};
