import type { Span } from "./ast.ts";
import { firstWhere } from "./streams.ts";

/** A Grafana variable (`$name`, `${name:format}`, `[[name]]`) in a string, in a window's brackets or bare. */
export type Placeholder = Readonly<{ name: string; format: string; place: "string" | "range" | "bare" }> & Span;
/** What stands left and right of a placeholder; the left side has its own placeholders filled in. */
type Around = Readonly<{ left: string; right: string }>;
/** The text for a placeholder; undefined leaves it as it stands. */
type Fill = (placeholder: Placeholder, around: Around) => string | undefined;

/** A query that Loki can read, its placeholders' places in both texts, and the way back to the original's places. */
export type Filled = Readonly<{
  text: string;
  placeholders: readonly (Placeholder & Readonly<{ filled: Span }>)[];
  /** Where a place of the filled text stands in the original; inside a placeholder: at its start. */
  original: (offset: number) => number;
  /** Where a part of the filled text stands in the original; a part that touches a placeholder holds all of it. */
  originalSpan: (span: Span) => Span;
}>;

const variable = /\$(?:\{(\w+)(?:\.[^:}"`]+)?(?::([^}"`]+))?\}|(\w+))|\[\[(\w+)(?::(\w+))?\]\]/y;
/** Nobody fills it in over Loki. */
export const UNFILLED = "__rate_interval";
const plain = /[^$["`#\]\\]+/y;

/**
 * Fills in the variables of a panel's or a rule's query.
 * Those of Go templates (`{{ $x }}`) and of regular expressions (`$1`) are none.
 */
export function fillVariables(text: string, fill: Fill): Filled {
  const placeholders: (Placeholder & Readonly<{ filled: Span }>)[] = [];
  let out = "";
  let at = 0;
  let quote: { mark: string; template: boolean } | undefined;
  let range = false;
  const take = (length: number) => {
    const taken = text.slice(at, at + length);
    if (quote) quote.template = inTemplate(taken, quote);
    out += taken;
    at += length;
  };
  while (at < text.length) {
    plain.lastIndex = at;
    const run = plain.exec(text);
    if (run) {
      take(run[0].length);
      continue;
    }
    const found = placeholderAt(text, at);
    if (found && !(quote?.template && text[at + 1] !== "{" && text[at] === "$")) {
      const bare = range ? "range" : "bare";
      const placeholder: Placeholder = { ...found, place: quote ? "string" : bare };
      const around = { left: out.slice(-200), right: text.slice(found.to, found.to + 200) };
      const value =
        (found.name === UNFILLED ? undefined : fill(placeholder, around)) ?? text.slice(found.from, found.to);
      placeholders.push({ ...placeholder, filled: { from: out.length, to: out.length + value.length } });
      out += value;
      at = found.to;
      continue;
    }
    const char = text[at]!;
    if (quote) {
      const mark = quote.mark;
      if (char === mark) quote = undefined;
      take(char === "\\" && mark === '"' ? 2 : 1);
    } else if (char === "#") {
      const end = text.indexOf("\n", at);
      take((end < 0 ? text.length : end) - at);
    } else {
      if (char === '"' || char === "`") quote = { mark: char, template: false };
      if (char === "[" || char === "]") range = char === "[";
      take(1);
    }
  }
  return { text: out, placeholders, ...backFrom(placeholders) };
}

/** Whether the text goes on inside `{{ … }}`. */
function inTemplate(text: string, { template: before }: Readonly<{ template: boolean }>): boolean {
  const [open, close] = [text.lastIndexOf("{{"), text.lastIndexOf("}}")];
  if (open < 0 && close < 0) return before;
  return open > close;
}

function placeholderAt(text: string, at: number): (Span & Readonly<{ name: string; format: string }>) | undefined {
  variable.lastIndex = at;
  const [, braced, bracedFormat, bare, bracketed, bracketedFormat] = variable.exec(text) ?? [];
  const name = braced ?? bare ?? bracketed ?? "";
  if (!/\D/.test(name)) return undefined;
  return { name, format: bracedFormat ?? bracketedFormat ?? "", from: at, to: variable.lastIndex };
}

function backFrom(placeholders: Filled["placeholders"]): Pick<Filled, "original" | "originalSpan"> {
  /** The last placeholder that starts at or before a place of the filled text. */
  const last = (offset: number) =>
    placeholders[firstWhere(placeholders.length, (place) => placeholders[place]!.filled.from > offset) - 1];
  const original = (offset: number) => {
    const before = last(offset);
    if (!before) return offset;
    return offset < before.filled.to ? before.from : before.to + offset - before.filled.to;
  };
  const originalSpan = ({ from, to }: Span) => ({ from: original(from), to: to > from ? end(to) : original(to) });
  const end = (offset: number) => {
    const before = last(offset - 1);
    return before && offset <= before.filled.to ? before.to : original(offset - 1) + 1;
  };
  return { original, originalSpan };
}

const quoting = /^(?:double|single)quote$|^json$/;
const list = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*$/i;

/** Where a value is unknown: the least surprising text between what stands left and right of a placeholder. */
export function standIn({ place, format, from }: Placeholder, { left, right }: Around): string {
  if (place === "string") return inString(left, from);
  if (quoting.test(format)) return '"v"';
  if (place === "range" || /\boffset\s+-?$/i.test(left)) return /^[a-z]/i.test(right) ? "1" : "1m";
  if (/^\w/.test(right) || /[a-z_]\w*$/i.test(left) || list.test(left) || /^\s*(?:=~|!~|!=|=)/.test(right)) return "v";
  if (/(?:\|[=~>]|!~|=~|!>|\{[^{}]*=)\s*$/.test(left)) return '"v"';
  return /(?:^|[-+*/%^<>=(,.\d])\s*$/.test(left) ? "1" : "v";
}

/** Inside of a string that Loki reads in a language of its own, a piece of that language. */
function inString(left: string, from: number): string {
  const before = /(\w+)\s*\(?\s*["`][^"`]*$/.exec(left)?.[1]?.toLowerCase();
  if (before === "ip") return "127.0.0.1";
  if (before === "regexp" && !/\(\?P?<$/.test(left)) return `(?P<v${from}>v)`;
  return before === "pattern" ? ` <v${from}> ` : "v";
}
