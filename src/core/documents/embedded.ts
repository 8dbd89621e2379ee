import { type Document, refusalOf } from "./document.ts";
import type { Container, Json } from "./json.ts";
import type { Position } from "./positions.ts";
import { readJson } from "./read-json.ts";
import { readYaml } from "./read-yaml.ts";

type Embedded = Readonly<{ documents: readonly Document[] }> | Readonly<{ place: Position; reason: string }>;

const NONE: Embedded = { documents: [] };
const JSON_TEXT = /^\s*[[{]\s*["{[]/;
/** Words without which a text holds no dashboard and no rule. */
const HINTS =
  /\b(?:expr|rules|groups|panels|elements|targets|contactPoints|policies|muteTimes|templates|time_intervals)\b/;
const YAML_TEXT = /^(?:\s*(?:#[^\n]*|---[^\n]*)?\n)*\s*(?:- )?["'\w$.][^\n:]*:(?:\s|$)/;
const FILE = /(?:^|[._-])(json|ya?ml)$/i;

/** The documents in a text of a document, as in a ConfigMap's `data`; where it stands and why, if it cannot be read. */
export function embeddedIn(
  document: Document,
  { container, key }: Readonly<{ container: Container; key: string }>,
): Embedded {
  const text = (container as Readonly<Record<string, Json>>)[key];
  if (typeof text !== "string" || !HINTS.test(text)) return NONE;
  const isJson = JSON_TEXT.test(text);
  if (!isJson && !(text.includes("\n") && YAML_TEXT.test(text))) return NONE;
  const at = document.at(container, key);
  const read = isJson ? readJson(text, at) : readYaml(text, at);
  const documents = "error" in read ? [] : [read].flat();
  const reason = "error" in read ? read.error : documents.map(({ value }) => refusalOf(value)).find(Boolean);
  if (reason === undefined) return { documents };
  const isDocument = FILE.test(key) || isJson;
  const place = ("error" in read ? read.place : undefined) ?? at(0);
  return isDocument ? { place, reason: `the text "${key}" cannot be read (${reason})` } : NONE;
}
