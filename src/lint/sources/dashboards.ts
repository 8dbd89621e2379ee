import type { About, Found } from "../finding.ts";
import { type IsLoki, isLoki, looksLikeLogql, type Sources } from "./datasource.ts";
import { get, listOf, type Node, numberOf, plainOf, textOf } from "./nodes.ts";
import { unitsOf } from "./panel-units.ts";

const OTHER: About = { role: "other", stated: [], thresholds: [] };

/** The text of a node as a query, if it is LogQL: its data source decides, and where none is named, its looks. */
export function logqlIn(node: Node | undefined, loki: IsLoki, about: About): readonly Found[] {
  const text = textOf(node);
  if (node?.kind !== "value" || !text?.trim() || !(loki ?? looksLikeLogql(text))) return [];
  return [{ text, at: node.at, about }];
}

/** The Loki queries of a panel; `dashboard` is the uid, for the rules that link to the panel. */
export function ofPanel(panel: Node, sources: Sources, dashboard: string | undefined): readonly Found[] {
  const own = isLoki(get(panel, "datasource"), sources);
  const id = numberOf(get(panel, "id"));
  return listOf(get(panel, "targets")).flatMap((target) => {
    const about = { role: "panel" as const, ...unitsOf(panel, target), panel: dashboard && id !== undefined ? `${dashboard}/${id}` : undefined };
    return logqlIn(get(target, "expr"), isLoki(get(target, "datasource"), sources) ?? own, about);
  });
}

/** The Loki queries of a dashboard's annotations, each once although newer versions write it twice. */
export const ofAnnotations = (dashboard: Node, sources: Sources): readonly Found[] =>
  listOf(get(dashboard, "annotations", "list")).flatMap((annotation) => {
    const own = isLoki(get(annotation, "datasource"), sources);
    const first = logqlIn(get(annotation, "expr"), own, OTHER);
    const target = get(annotation, "target");
    const second = logqlIn(get(target, "expr"), isLoki(get(target, "datasource"), sources) ?? own, OTHER);
    return first[0] && first[0].text === second[0]?.text ? first : [...first, ...second];
  });

const LABEL_VALUES = /^\s*label_values\(\s*(\{.*\})\s*,[^{}]*\)\s*$/s;

/** The stream selectors from which a dashboard's variables draw their values. */
export const ofVariables = (dashboard: Node, sources: Sources): readonly Found[] =>
  listOf(get(dashboard, "templating", "list")).flatMap((variable) => {
    if (plainOf(get(variable, "type")) !== "query") return [];
    const loki = isLoki(get(variable, "datasource"), sources);
    const query = get(variable, "query");
    if (query?.kind === "map") return logqlIn(get(query, "stream"), loki, OTHER);
    return logqlIn(query, loki === false ? false : undefined, OTHER).flatMap(({ text, at, about }) => {
      const selector = LABEL_VALUES.exec(text)?.[1];
      if (selector === undefined) return [];
      const start = text.indexOf(selector);
      return [{ text: selector, at: (offset: number) => at(start + offset), about }];
    });
  });
