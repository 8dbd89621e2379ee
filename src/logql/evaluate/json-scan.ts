/** Why a line is no JSON, in Loki's words. */
export type JsonFault = "object" | "malformed" | "array" | "string" | "value" | "unknown" | "escape";
export const jsonFaults: Readonly<Record<JsonFault, string>> = {
  object: "Value looks like object, but can't find closing '}' symbol",
  malformed: "Malformed JSON error",
  array: "Value is array, but can't find closing ']' symbol",
  string: "Value is string, but can't find closing '\"' symbol",
  value: "Value looks like Number/Boolean/None, but can't find its end: ',' or '}' symbol",
  unknown: "Unknown value type",
  escape: "Encountered an invalid escape sequence in a string",
};

/** A value of a JSON text: its kind and where it stands, without the quotes of a string. */
export type JsonValue = Readonly<{
  kind: "string" | "object" | "array" | "number" | "boolean" | "null";
  from: number;
  to: number;
  end: number;
}>;

const QUOTE = 34;
const BACKSLASH = 92;
const isBlank = (code: number) => code === 32 || code === 10 || code === 13 || code === 9;

/** The place of the next character that is no blank, or -1. */
export function nextToken(text: string, from: number): number {
  for (let i = from; i < text.length; i++) if (!isBlank(text.charCodeAt(i))) return i;
  return -1;
}

/** The place of the quote that closes a string whose text starts at `from`, or -1. */
export function stringEnd(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote > from && text.charCodeAt(quote - 1) === BACKSLASH) {
    let first = quote - 1;
    while (first > from && text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    if ((quote - first) % 2 === 0) break;
    quote = text.indexOf('"', quote + 1);
  }
  return quote;
}

/** The place of the colon behind a string that ends at `end`, or -1 where it is no key. */
export function colonAfter(text: string, end: number): number {
  let at = end + 1;
  while (text.charCodeAt(at) <= 32) at += 1;
  return text.charCodeAt(at) === 58 ? at : -1;
}

/** The place behind the bracket that closes the one at `from`, or -1; strings in between are passed over. */
export function blockEnd(text: string, from: number): number {
  const open = text.charCodeAt(from);
  const close = open + 2;
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = stringEnd(text, i + 1);
      if (i < 0) return -1;
    } else if (code === open) depth += 1;
    else if (code === close) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: raw control characters, which JSON.parse refuses
const RAW_CONTROL = /[\u0000-\u001f]/g;
const unicodeEscape = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The value that starts at or behind `from`, or why there is none. */
export function valueAt(text: string, from: number): JsonValue | JsonFault {
  const start = nextToken(text, from);
  if (start < 0) return "malformed";
  const code = text.charCodeAt(start);
  if (code === QUOTE) {
    const to = stringEnd(text, start + 1);
    return to < 0 ? "string" : { kind: "string", from: start + 1, to, end: to + 1 };
  }
  if (code === 123 || code === 91) {
    const end = blockEnd(text, start);
    if (end < 0) return code === 123 ? "object" : "array";
    return { kind: code === 123 ? "object" : "array", from: start, to: end, end };
  }
  return plainValue(text, start);
}

function plainValue(text: string, start: number): JsonValue | JsonFault {
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isBlank(code) || code === 44 || code === 125 || code === 93) break;
  }
  if (end === text.length) return "value";
  const code = text.charCodeAt(start);
  if ((code >= 48 && code <= 57) || code === 45) return { kind: "number", from: start, to: end, end };
  const word = text.slice(start, end);
  if (word === "true" || word === "false") return { kind: "boolean", from: start, to: end, end };
  return word === "null" ? { kind: "null", from: start, to: end, end } : "unknown";
}

/** The text of a JSON string's inside; undefined when it holds an escape that JSON does not know. */
export function unescapeJson(inside: string): string | undefined {
  if (!inside.includes("\\")) return inside;
  try {
    return JSON.parse(`"${inside.replace(RAW_CONTROL, unicodeEscape)}"`) as string;
  } catch {
    return undefined;
  }
}

/** The text of a value as a label holds it. */
export const textOf = (text: string, { kind, from, to }: JsonValue): string => {
  const raw = text.slice(from, to);
  return kind === "string" ? (unescapeJson(raw) ?? "") : raw;
};

/** Calls back for each field of the object at `from`, in order; it may end the walk with `stop` or a fault. */
export function eachField(
  text: string,
  from: number,
  field: (key: string, value: JsonValue) => JsonFault | "stop" | undefined,
): JsonFault | "stop" | undefined {
  let at = nextToken(text, from);
  if (at < 0 || text.charCodeAt(at) !== 123) return "object";
  at = nextToken(text, at + 1);
  if (at < 0) return "malformed";
  if (text.charCodeAt(at) === 125) return undefined;
  for (;;) {
    if (text.charCodeAt(at) !== QUOTE) return text.charCodeAt(at) === 125 ? undefined : "object";
    const keyEnd = stringEnd(text, at + 1);
    if (keyEnd < 0) return "malformed";
    const key = unescapeJson(text.slice(at + 1, keyEnd));
    if (key === undefined) return "escape";
    const colon = nextToken(text, keyEnd + 1);
    if (colon < 0 || text.charCodeAt(colon) !== 58) return "malformed";
    const value = valueAt(text, colon + 1);
    if (typeof value === "string") return value;
    const outcome = field(key, value);
    if (outcome !== undefined) return outcome;
    at = nextToken(text, value.end);
    if (at < 0) return "array";
    if (text.charCodeAt(at) === 125) return undefined;
    if (text.charCodeAt(at) !== 44) return "object";
    at = nextToken(text, at + 1);
    if (at < 0) return "array";
  }
}
