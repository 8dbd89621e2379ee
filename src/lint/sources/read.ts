import type { Contents } from "../finding.ts";
import { ofDocument } from "./documents.ts";
import { ofLogql } from "./logql.ts";
import { readDocuments } from "./nodes.ts";

/** The queries of a text, or the half sentence that says what is wrong with it; `foreign` when it is sound but holds neither dashboard nor rule. */
export type Read = Contents | Readonly<{ unusable: string; foreign?: true }>;

const JSON_START = /^(?:\[|\{\s*(?:\}|"(?:[^"\\]|\\.)*"\s*:))/;
const YAML_START = /^(?:"[^"]*"|'[^']*'|[\w./-]+)\s*:(?:\s|$)|^-\s+["'\w]+\s*:(?:\s|$)/;
const UNIMPORTANT = /^\s*(?:#.*|---.*|%.*)?$/;

/** Recognises JSON, YAML and LogQL by what a text contains, and finds its queries. */
export function readQueries(original: string): Read {
  // The mark is one column wide to editors that show it, and none to those that do not.
  const text = original.replace(/^\uFEFF/, "");
  const first = text.split(/\r?\n/).find((line) => !UNIMPORTANT.test(line));
  if (text.includes("\0")) return { unusable: "is no text; name a dashboard JSON, a rule YAML or a file of LogQL" };
  if (first === undefined) return { unusable: "holds nothing; name a dashboard JSON, a rule YAML or a file of LogQL" };
  if (!JSON_START.test(text.trimStart()) && !YAML_START.test(first)) return ofLogql(text);
  try {
    const documents = readDocuments(text);
    if ("error" in documents) return { unusable: `cannot be read at ${documents.line}:${documents.column} (${documents.error}); mend it there` };
    const queries = documents.map(ofDocument);
    if (queries.every((found) => found === undefined))
      return { unusable: "holds no dashboard, no panel and no rule group; name a file that does", foreign: true };
    return { queries: queries.flatMap((found) => found ?? []), findings: [] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { unusable: "is nested too deeply to be read; split it" };
  }
}
