import { asObject, asText, type JsonObject } from "../json.ts";
import { inWords } from "../words.ts";
import * as say from "./say.ts";
import type { List, Scope } from "./scope.ts";

/** The words for Loki's configuration; most of it is told by its key paths. */
export const lokiScope: Scope = {
  terms: {
    "limits_config.retention_period": { what: "retention", say: say.duration },
    "table_manager.retention_period": { what: "retention", say: say.duration },
    $file: { what: "file" },
  },
  lists: {
    "schema_config.configs": {
      key: ({ from }) => (from === undefined ? undefined : String(from)),
      noun: (_, key) => `schema from ${key}`,
      scope: {},
      say: (item) => inWords(item),
    },
  },
};

/** A stage has one key, its kind; several of a kind are told apart by the field that they work on. */
const stageName = (stage: JsonObject): string | undefined => {
  const [kind] = Object.keys(stage);
  const source = kind && asText(asObject(stage[kind]).source);
  return source ? `${kind} of ${source}` : kind;
};
const stages: List = {
  key: stageName,
  noun: (_, key) => `stage ${key}`,
  scope: {},
  say: (item) => inWords(Object.values(item)[0] ?? null),
  order: "order of stages",
};

/** The words for Promtail's configuration. */
export const promtailScope: Scope = {
  terms: { file: { what: "file" } },
  lists: {
    scrape_configs: {
      key: ({ job_name }) => asText(job_name),
      noun: (_, key) => `job ${key}`,
      scope: { lists: { pipeline_stages: stages } },
      say: (item) => inWords(item),
      order: "order of jobs",
    },
  },
};

export const dataSourceScope: Scope = {
  terms: {
    name: { what: "name", form: "name" },
    url: { what: "address" },
    isDefault: { what: "is the default", say: say.yesNo },
    $file: { what: "file" },
  },
};
export const dataSourceSummary = ({ type, url }: JsonObject): string =>
  [asText(type), asText(url)].filter((text) => text !== undefined).join(", ");

export const providerScope: Scope = {
  terms: {
    name: { what: "name", form: "name" },
    updateIntervalSeconds: { what: "reads its folder every", say: say.secondsOf },
    disableDeletion: { what: "keeps removed dashboards", say: say.yesNo },
    allowUiUpdates: { what: "may be changed in Grafana", say: say.yesNo },
    $file: { what: "file" },
  },
};
