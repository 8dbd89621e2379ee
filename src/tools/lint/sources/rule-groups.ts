import type { Document } from "../../../core/documents/document.ts";
import {
  asList,
  asNumber,
  asObject,
  asText,
  get,
  isObject,
  type Json,
  type JsonObject,
} from "../../../core/documents/json.ts";
import { durationSeconds } from "../../../core/durations.ts";
import type { About, Found } from "../finding.ts";
import { isLoki, type Sources } from "./datasource.ts";
import { logqlIn } from "./queries.ts";
import { type Chain, chainOf, watchOf } from "./rule-chain.ts";

/** How often Grafana and Loki's ruler evaluate a group that does not say. */
const DEFAULT_INTERVAL = 60;
const NO_SOURCES: Sources = new Map();

/** The panel that a rule links to. */
function panelOf(rule: Json): string | undefined {
  const dashboard = asText(get(rule, "dashboardUid")) ?? asText(get(rule, "annotations", "__dashboardUid__"));
  const panel = get(rule, "panelId") ?? get(rule, "annotations", "__panelId__");
  return dashboard && panel !== undefined && panel !== null ? `${dashboard}/${panel}` : undefined;
}

const intervalOf = (given: Json | undefined): number =>
  asNumber(given) ?? durationSeconds(asText(given) ?? "") ?? DEFAULT_INTERVAL;

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
export function ofRule(rule: Json, { document, interval = DEFAULT_INTERVAL }: Group): readonly Found[] {
  const unit = asText(get(rule, "labels", "unit")) ?? asText(get(rule, "annotations", "unit"));
  const stated = unit ? [{ by: "the rule", unit }] : [];
  const about: About = { role: "rule", interval, stated, thresholds: [], panel: panelOf(rule) };
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

/** The LogQL of a rule as a Kubernetes resource, whose steps stand under their letters. */
export function ofRuleResource({ spec }: JsonObject, document: Document): readonly Found[] {
  const steps = get(spec, "expressions") ?? get(spec, "data");
  const named = (refId: string, step: Json): Json => (isObject(step) ? { refId, ...step } : step);
  const data = isObject(steps) ? Object.entries(steps).map(([refId, step]) => named(refId, step)) : asList(steps);
  return ofRule({ ...asObject(spec), data }, { document, interval: intervalOf(get(spec, "trigger", "interval")) });
}
