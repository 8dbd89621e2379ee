import { asList } from "../../../core/documents/json.ts";
import { formatOf, readDocuments } from "../../../core/documents/read.ts";
import { type Part, recognise } from "../../../core/documents/recognise.ts";
import type { Contents, Found, Remark } from "../finding.ts";
import { ofDashboard, ofPanel } from "./dashboards.ts";
import { ofDashboardV2 } from "./dashboards-v2.ts";
import { ofLogql } from "./logql.ts";
import { ofGroup, ofRule, ofRuleResource } from "./rule-groups.ts";

/** The queries of a text, or half a sentence that says why it cannot be read. */
export type Read = Contents | Readonly<{ unusable: string }>;

const remark = (text: string): Contents => ({ queries: [], findings: [], remarks: [{ text }] });
const DEFAULT_INTERVAL = 60;

function queriesOf({ kind, body, document, named }: Part): readonly Found[] {
  const panel = { document, sources: new Map(), uid: undefined };
  switch (kind) {
    case "dashboard":
      return ofDashboard(body.uid === undefined && named !== undefined ? { ...body, uid: named } : body, document);
    case "dashboard v2":
      return ofDashboardV2(body, { document, uid: named });
    case "library panel":
      return ofPanel(body.model ?? null, panel);
    case "panel":
      return ofPanel(body, panel);
    case "alerting":
      return asList(body.groups).flatMap((group) => ofGroup(group, document));
    case "rule group":
      return ofGroup(body, document);
    case "rule resource":
      return ofRuleResource(body, document);
    case "rule":
      return ofRule(body, DEFAULT_INTERVAL, document);
    case "contact point":
    case "policy":
    case "mute timing":
    case "template":
      return [];
    default:
      return kind satisfies never;
  }
}

/** Finds the queries of a file: of dashboards and rules in JSON and YAML, whatever wraps them, or of plain LogQL. */
export function readQueries(original: string, name = ""): Read {
  // The mark is one column wide to editors that show it, and none to those that do not.
  const text = original.replace(/^\uFEFF/, "");
  if (text.includes("\0")) return { unusable: "is no text; name a dashboard JSON, a rule YAML or a file of LogQL" };
  if (!/^\s*[^\s#]/m.test(text)) return remark("holds nothing");
  const format = formatOf(name, text);
  if (format === "text") return ofLogql(text);
  const read = readDocuments(text, format);
  if ("error" in read) {
    const place = read.place ? ` at ${read.place.line}:${read.place.column}` : "";
    if (read.template) return remark("is a template that is not filled in; check what it becomes");
    return { unusable: `cannot be read as ${format.toUpperCase()}${place} (${read.error}); mend it there` };
  }
  return contentsOf(read.documents.map(recognise));
}

function contentsOf(recognised: readonly ReturnType<typeof recognise>[]): Contents {
  const parts = recognised.flatMap((one) => one.parts);
  const remarks = recognised
    .flatMap(({ unread }) => unread)
    .map(({ place, reason }): Remark => ({ ...place, text: reason }));
  const nothing: readonly Remark[] =
    parts.length + remarks.length === 0 ? [{ text: "holds no dashboard, no panel and no rule" }] : [];
  return { queries: parts.flatMap(queriesOf), findings: [], remarks: [...remarks, ...nothing] };
}
