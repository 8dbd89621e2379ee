/** A dashboard variable (`$name`, `${name:format}`, `[[name]]`) of a query. */
export type Variable = Readonly<{ name: string; from: number; to: number; place: "string" | "range" | "bare" }>;
/** A query that the grammar can read, as long as the original: every offset is the same in both. */
export type Masked = Readonly<{ text: string; variables: readonly Variable[] }>;

const VARIABLE = /\$(?:\{(\w+)(?:\.[^:}"`]+)?(?::([^}"`]+))?\}|(\w+))|\[\[(\w+)(?::(\w+))?\]\]/y;
const QUOTING = /^(?:double|single)quote$|^json$/;
const inTemplate = (string: string) => string.lastIndexOf("{{") > string.lastIndexOf("}}");
const LIST = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*$/i;

/** Puts same-length stand-ins in the place of variables and spaces in the place of comments. */
export function mask(text: string): Masked {
  const variables: Variable[] = [];
  let out = "";
  let quote: { mark: string; from: number } | undefined;
  while (out.length < text.length) {
    const from = out.length;
    const char = text[from]!;
    VARIABLE.lastIndex = from;
    const found = char === "$" || char === "[" ? VARIABLE.exec(text) : null;
    const name = found?.[1] ?? found?.[3] ?? found?.[4] ?? "";
    if (found && /\D/.test(name) && !(quote && inTemplate(text.slice(quote.from, from)))) {
      const to = VARIABLE.lastIndex;
      const range = !quote && inRange(out);
      variables.push({ name, from, to, place: quote ? "string" : range ? "range" : "bare" });
      out += quote ? found[0] : standIn(to - from, out, text.slice(to), found[2] ?? found[5] ?? "");
    } else if (quote) {
      const escaped = char === "\\" && quote.mark === '"' && from + 1 < text.length;
      if (char === quote.mark) quote = undefined;
      out += escaped ? text.slice(from, from + 2) : char;
    } else if (char === "#") {
      const end = text.indexOf("\n", from);
      out += " ".repeat((end < 0 ? text.length : end) - from);
    } else {
      if (char === '"' || char === "`") quote = { mark: char, from };
      out += char;
    }
  }
  return { text: bridge(out), variables };
}

const inRange = (left: string) => left.lastIndexOf("[") > left.lastIndexOf("]");
const digits = (length: number) => "1".repeat(length);
const word = (length: number) => "v".repeat(length);

/** The least surprising token of that length between what stands left and right of a variable. */
function standIn(length: number, left: string, right: string, format: string): string {
  if (QUOTING.test(format)) return `"${word(length - 2)}"`;
  if (inRange(left) || /\boffset\s+-?$/i.test(left)) return /^[a-z]/i.test(right) ? digits(length) : `${digits(length - 1)}s`;
  if (/^\w/.test(right) || /[a-z_]\w*$/i.test(left) || LIST.test(left) || /^\s*(?:=~|!~|!=|=)/.test(right)) return word(length);
  if (/(?:\|[=~>]|!~|=~|!>|\{[^{}]*=)\s*$/.test(left)) return `"${word(length - 2)}"`;
  return /(?:^|[-+*/%^<>=(,.\d])\s*$/.test(left) ? digits(length) : word(length);
}

const blank = (found: string) => " ".repeat(found.length);
const STRING = /"(?:[^"\\]|\\.)*"|`[^`]*`/g;

/** The same query, as long, with every string blotted out. */
export const withoutStrings = (text: string): string => text.replace(STRING, (string) => '"'.padEnd(string.length, "s"));

/** Where the parenthesis that opens at `from` is closed. */
function closing(plain: string, from: number): number {
  let depth = 0;
  for (let at = from; at < plain.length; at++) {
    if (plain[at] === "(") depth++;
    if (plain[at] === ")" && --depth === 0) return at;
  }
  return plain.length;
}

/** Rewrites, at the same length, what Loki reads and the grammar does not: `approx_topk`, `offset` and a window behind a log query in parentheses. */
function bridge(text: string): string {
  const plain = withoutStrings(text);
  const replace = (into: string, pattern: RegExp, by: (found: string) => string) =>
    [...plain.matchAll(pattern)].reduce((out, { 0: found, index }) => out.slice(0, index) + by(found) + out.slice(index + found.length), into);
  const named = replace(text, /\bapprox_topk\b/gi, (found) => "topk".padEnd(found.length));
  const now = replace(named, /(?<=\]\s*)offset\s+-?[\d.]\w*/gi, blank);
  return [...plain.matchAll(/(?<=[(,]\s*)\((?=\s*\{)/g)].reduce((out, { index }) => {
    const end = closing(plain, index);
    return /^\)\s*\[/.test(plain.slice(end)) ? `${out.slice(0, index)} ${out.slice(index + 1, end)} ${out.slice(end + 1)}` : out;
  }, now);
}
