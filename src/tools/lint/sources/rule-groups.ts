import type { Document } from "../../../core/documents/document.ts";
import { asList, asNumber, asText, get, type Json, type JsonObject } from "../../../core/documents/json.ts";
import { DEFAULT_INTERVAL, linkOf, ruleOfResource } from "../../../core/documents/rules.ts";
import { durationSeconds, parseDuration } from "../../../core/durations.ts";
import type { About, Found } from "../finding.ts";
import { isLoki, type Sources } from "./datasource.ts";
import { logqlIn, panelName } from "./queries.ts";
import { type Chain, chainOf, watchOf } from "./rule-chain.ts";

const NO_SOURCES: Sources = new Map();

const intervalOf = (given?: Json): number =>
  asNumber(given) ?? durationSeconds(asText(given) ?? "") ?? parseDuration(DEFAULT_INTERVAL);

function ofChain(chain: Chain, about: About, document: Document): readonly Found[] {
  const { stated } = about;
  // What is calculated from queries has a unit and a threshold of its own.
  const own = chain.calculates
    ? { stated: [], thresholds: [] }
    : { stated, thresholds: chain.queries.length === 1 ? chain.compared : [] };
  return chain.queries.flatMap((query) => {
    const model = get(query, "model");
    const uid = get(query, "datasourceUid") ?? get(query, "datasourceUID");
    const loki = isLoki(get(model, "datasource"), NO_SOURCES) ?? isLoki(uid, NO_SOURCES);
    return logqlIn({ document, within: model, key: "expr" }, loki, {
      ...about,
      ...own,
      ...watchOf(query, chain, about),
    });
  });
}

type Group = Readonly<{ document: Document; interval?: number }>;
/** The LogQL of one rule: Grafana's (`data[].model.expr`) or the ruler's (`expr`; `query` in its answers). */
export function ofRule(rule: Json, { document, interval = intervalOf() }: Group): readonly Found[] {
  const unit = asText(get(rule, "labels", "unit")) ?? asText(get(rule, "annotations", "unit"));
  const stated = unit ? [{ by: "the rule", unit }] : [];
  const { dashboard, panel } = linkOf(rule) ?? {};
  const about: About = { role: "rule", interval, stated, thresholds: [], panel: panelName(dashboard, panel) };
  const data = asList(get(rule, "data") ?? get(rule, "grafana_alert", "data"));
  const ruler: About = { ...about, ruler: true };
  const loki = data.length > 0 ? false : undefined;
  return [
    ...ofChain(chainOf(data), about, document),
    ...logqlIn({ document, within: rule, key: "expr" }, loki, ruler),
    ...logqlIn({ document, within: rule, key: "query" }, loki, ruler),
  ];
}

/** The LogQL of a rule group. */
export const ofGroup = (group: Json, document: Document): readonly Found[] =>
  asList(get(group, "rules")).flatMap((rule) =>
    ofRule(rule, { document, interval: intervalOf(get(group, "interval")) }),
  );

/** The LogQL of a rule as a Kubernetes resource. */
export const ofRuleResource = (resource: JsonObject, document: Document): readonly Found[] =>
  ofRule(ruleOfResource(resource), { document, interval: intervalOf(get(resource, "spec", "trigger", "interval")) });
