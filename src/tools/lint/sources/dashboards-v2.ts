import type { Document } from "../../../core/documents/document.ts";
import { asList, asNumber, asText, get, isObject, type Json, type JsonObject } from "../../../core/documents/json.ts";
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

/** A panel of schema v2 with what its unit hangs on, as a classic panel has it. */
function classic(panel: Json | undefined): JsonObject {
  const viz = get(panel, "vizConfig");
  const [title, type] = [asText(get(panel, "title")), asText(get(viz, "group")) ?? asText(get(viz, "kind"))];
  return {
    ...(title !== undefined && { title }),
    ...(type !== undefined && { type }),
    fieldConfig: get(viz, "spec", "fieldConfig") ?? {},
    options: get(viz, "spec", "options") ?? {},
    transformations: get(panel, "data", "spec", "transformations") ?? [],
  };
}

function ofPanel(panel: Json | undefined, { document, sources, uid }: Dashboard): readonly Found[] {
  const name = panelName(uid, asNumber(get(panel, "id")));
  return asList(get(panel, "data", "spec", "queries")).flatMap((item) => {
    const query = get(item, "spec");
    const within = get(query, "query", "spec");
    const target = {
      refId: get(query, "refId") ?? "",
      hide: get(query, "hidden") ?? false,
      ...(isObject(within) ? within : {}),
    };
    const about = { role: "panel" as const, ...unitsOf(classic(panel), target), panel: name };
    return logqlIn({ document, within, key: "expr" }, isOfLoki(query, sources), about);
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
  const elements = isObject(spec.elements) ? Object.values(spec.elements) : [];
  return [...variables, ...annotations, ...elements.flatMap((element) => ofPanel(get(element, "spec"), context))];
}
