import { classicPanel } from "../../../core/documents/dashboard-v2.ts";
import type { Document } from "../../../core/documents/document.ts";
import { asList, asNumber, asObject, asText, get, type Json, type JsonObject } from "../../../core/documents/json.ts";
import type { Found } from "../finding.ts";
import { type IsLoki, isLoki, type Sources, sourcesFrom } from "./datasource.ts";
import { unitsOf } from "./panel-units.ts";
import { logqlIn, OTHER, panelName, selectorIn } from "./queries.ts";

type Dashboard = Readonly<{ document: Document; sources: Sources; uid: string | undefined }>;

const sourcesOf = (spec: JsonObject): Sources =>
  sourcesFrom(
    asList(spec.variables)
      .filter((variable) => get(variable, "kind") === "DatasourceVariable")
      .map((variable) => [asText(get(variable, "spec", "name")), asText(get(variable, "spec", "pluginId"))]),
  );

/** Whether a `DataQuery` is for Loki: its group is the plugin (in first drafts its kind); else its data source says. */
function isOfLoki(holder: Json | undefined, sources: Sources): IsLoki {
  const query = get(holder, "query");
  const kind = asText(get(query, "kind"));
  const plugin = asText(get(query, "group")) ?? (kind === "DataQuery" ? undefined : kind);
  if (plugin && !plugin.startsWith("$") && plugin !== "datasource") return plugin === "loki";
  return isLoki(get(query, "datasource"), sources) ?? isLoki(get(holder, "datasource"), sources);
}

function ofElement(element: Json, { document, sources, uid }: Dashboard): readonly Found[] {
  const panel = classicPanel(element);
  const targets = asList(panel.targets);
  const name = panelName(uid, asNumber(panel.id));
  return asList(get(element, "spec", "data", "spec", "queries")).flatMap((item, index) => {
    const query = get(item, "spec");
    const about = { role: "panel" as const, ...unitsOf(panel, targets[index]!), panel: name };
    return logqlIn({ document, within: get(query, "query", "spec"), key: "expr" }, isOfLoki(query, sources), about);
  });
}

/** The LogQL of a dashboard of schema v2 (its `spec`): of its variables, annotations and panels. */
export function ofDashboardV2(spec: JsonObject, { document, uid }: Omit<Dashboard, "sources">): readonly Found[] {
  const context: Dashboard = { document, sources: sourcesOf(spec), uid };
  const variables = asList(spec.variables).flatMap((variable) => {
    const inside = get(variable, "spec");
    const within = get(inside, "query", "spec");
    const loki = get(variable, "kind") === "QueryVariable" ? isOfLoki(inside, context.sources) : false;
    const legacy = selectorIn({ document, within, key: "__legacyStringValue" }, loki === true ? undefined : loki);
    return [...selectorIn({ document, within, key: "stream" }, loki), ...legacy];
  });
  const annotations = asList(spec.annotations).flatMap((annotation) => {
    const inside = get(annotation, "spec");
    return logqlIn(
      { document, within: get(inside, "query", "spec"), key: "expr" },
      isOfLoki(inside, context.sources),
      OTHER,
    );
  });
  const elements = Object.values(asObject(spec.elements));
  return [...variables, ...annotations, ...elements.flatMap((element) => ofElement(element, context))];
}
