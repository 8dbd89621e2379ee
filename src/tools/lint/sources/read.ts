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
/** A panel by itself has no dashboard that says which data sources there are. */
const ALONE = { sources: new Map(), uid: undefined };
const none = () => [];

const QUERIES: Readonly<Record<Part["kind"], (part: Part) => readonly Found[]>> = {
  dashboard: ({ body, document, named }) =>
    ofDashboard(body.uid === undefined && named !== undefined ? { ...body, uid: named } : body, document),
  "dashboard v2": ({ body, document, named }) => ofDashboardV2(body, { document, uid: named }),
  "library panel": ({ body, document }) => ofPanel(body.model ?? null, { document, ...ALONE }),
  panel: ({ body, document }) => ofPanel(body, { document, ...ALONE }),
  alerting: ({ body, document }) => asList(body.groups).flatMap((group) => ofGroup(group, document)),
  "rule group": ({ body, document }) => ofGroup(body, document),
  "rule resource": ({ body, document }) => ofRuleResource(body, document),
  rule: ({ body, document }) => ofRule(body, { document }),
  "contact point": none,
  policy: none,
  "mute timing": none,
  template: none,
};

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
  return {
    queries: parts.flatMap((part) => QUERIES[part.kind](part)),
    findings: [],
    remarks: [...remarks, ...nothing],
  };
}
