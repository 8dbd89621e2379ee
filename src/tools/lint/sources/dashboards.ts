import type { Document } from "../../../core/documents/document.ts";
import { asList, asNumber, asText, get, isObject, type Json, type JsonObject } from "../../../core/documents/json.ts";
import type { Found } from "../finding.ts";
import { isLoki, type Sources, sourcesOf } from "./datasource.ts";
import { unitsOf } from "./panel-units.ts";
import { logqlIn, OTHER, panelName, selectorIn } from "./queries.ts";

/** What holds for all queries of a dashboard. */
export type Dashboard = Readonly<{ document: Document; sources: Sources; uid: string | undefined }>;

/** The Loki queries of a panel, which carries the dashboard's uid for the rules that link to it. */
export function ofPanel(panel: Json, { document, sources, uid }: Dashboard): readonly Found[] {
  const own = isLoki(get(panel, "datasource"), sources);
  const name = panelName(uid, asNumber(get(panel, "id")));
  return asList(get(panel, "targets")).flatMap((target) => {
    const about = { role: "panel" as const, ...unitsOf(panel, target), panel: name };
    return logqlIn({ document, within: target, key: "expr" }, isLoki(get(target, "datasource"), sources) ?? own, about);
  });
}

/** The Loki queries of a dashboard's annotations, each once although newer versions write it twice. */
const ofAnnotations = (dashboard: Json, { document, sources }: Dashboard): readonly Found[] =>
  asList(get(dashboard, "annotations", "list")).flatMap((annotation) => {
    const own = isLoki(get(annotation, "datasource"), sources);
    const found = [annotation, get(annotation, "target")].flatMap((within) => {
      const loki = isLoki(get(within, "datasource"), sources) ?? own;
      return logqlIn({ document, within, key: "expr" }, loki, OTHER);
    });
    return found[0]?.text === found[1]?.text ? found.slice(0, 1) : found;
  });

/** The stream selectors from which a dashboard's variables draw their values. */
const ofVariables = (dashboard: Json, { document, sources }: Dashboard): readonly Found[] =>
  asList(get(dashboard, "templating", "list")).flatMap((variable) => {
    if (get(variable, "type") !== "query") return [];
    const loki = isLoki(get(variable, "datasource"), sources);
    const query = get(variable, "query");
    if (isObject(query)) return selectorIn({ document, within: query, key: "stream" }, loki);
    return selectorIn({ document, within: variable, key: "query" }, loki === true ? undefined : loki);
  });

/** Every panel in a dashboard: in rows, collapsed or old, and in its library elements. */
function panelsIn(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(panelsIn);
  if (!isObject(value)) return [];
  const inside = Object.values(value).flatMap(panelsIn);
  return Array.isArray(value.targets) ? [value, ...inside] : inside;
}

/** The LogQL of a classic dashboard: of its variables, annotations and panels. */
export function ofDashboard(dashboard: JsonObject, document: Document): readonly Found[] {
  const context: Dashboard = { document, sources: sourcesOf(dashboard), uid: asText(dashboard.uid) };
  return [
    ...ofVariables(dashboard, context),
    ...ofAnnotations(dashboard, context),
    ...panelsIn(dashboard).flatMap((panel) => ofPanel(panel, context)),
  ];
}
