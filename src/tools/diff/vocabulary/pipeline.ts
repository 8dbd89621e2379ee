import { asObject, asText } from "../json.ts";
import { inWords } from "../words.ts";
import { duration, type List, named, type Scope } from "./scope.ts";

/** The words for Loki's configuration; most of it is told by its key paths. */
export const lokiScope: Scope = {
  terms: {
    "limits_config.retention_period": duration("retention"),
    "table_manager.retention_period": duration("retention"),
    $file: "file",
  },
  lists: { "schema_config.configs": named({ of: "schema", key: "from", noun: (_, key) => `schema from ${key}` }) },
};

const stages: List = {
  // A stage has one key, its kind; several of a kind are told apart by the field that they work on.
  key: (stage) => {
    const [kind] = Object.keys(stage);
    const source = kind && asText(asObject(stage[kind]).source);
    return source ? `${kind} of ${source}` : kind;
  },
  noun: (_, key) => `stage ${key}`,
  scope: {},
  say: (item) => inWords(Object.values(item)[0] ?? null),
  order: "order of stages",
};

/** The words for Promtail's configuration. */
export const promtailScope: Scope = {
  terms: { file: "file" },
  lists: {
    scrape_configs: named({
      of: "job",
      key: "job_name",
      noun: (_, key) => `job ${key}`,
      scope: { lists: { pipeline_stages: stages } },
    }),
  },
};
