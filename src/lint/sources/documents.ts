import type { Found } from "../finding.ts";
import { ofAnnotations, ofPanel, ofVariables } from "./dashboards.ts";
import { type Sources, sourcesOf } from "./datasource.ts";
import { get, type Node, textOf } from "./nodes.ts";
import { ofGroup } from "./rule-groups.ts";

type Here = Readonly<{ sources: Sources; dashboard: string | undefined }>;
const isList = (node: Node | undefined) => node?.kind === "list";

/** The LogQL of a JSON or YAML document, however its dashboards, panels and rule groups are wrapped; undefined when it holds none of these. */
export function ofDocument(root: Node): readonly Found[] | undefined {
  let known = get(root, "apiVersion") !== undefined;
  const found: Found[] = [];
  const visited = new Set<Node>();

  const visit = (node: Node, here: Here) => {
    if (visited.has(node) || node.kind === "value") return;
    visited.add(node);
    if (node.kind === "list") {
      for (const item of node.of) visit(item, here);
      return;
    }
    const isDashboard =
      isList(get(node, "panels")) || isList(get(node, "rows")) || isList(get(node, "templating", "list")) || isList(get(node, "annotations", "list"));
    const isPanel = isList(get(node, "targets"));
    const isGroup = isList(get(node, "rules"));
    known ||= isDashboard || isPanel || isGroup;
    const inside: Here = isDashboard
      ? { sources: new Map([...here.sources, ...sourcesOf(node)]), dashboard: textOf(get(node, "uid")) ?? here.dashboard }
      : here;
    if (isDashboard) found.push(...ofVariables(node, inside.sources), ...ofAnnotations(node, inside.sources));
    if (isPanel) found.push(...ofPanel(node, inside.sources, inside.dashboard));
    if (isGroup) found.push(...ofGroup(node));
    for (const part of node.of.values()) visit(part, inside);
  };
  visit(root, { sources: new Map(), dashboard: undefined });
  return known ? found : undefined;
}
