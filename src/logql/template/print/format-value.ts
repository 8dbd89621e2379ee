import { goQuote } from "../parse/quote.ts";
import {
  bigOf,
  type Dict,
  isDict,
  isInt,
  isList,
  isStruct,
  type List,
  type Struct,
  type Type,
  typeOf,
  type Value,
} from "../value.ts";
import { type Flags, formatFloatVerb, formatInteger, pad } from "./format-number.ts";

type Format = (value: Value, verb: string, flags: Flags) => string;

const cut = (text: string, { precision }: Flags): string =>
  precision === undefined ? text : [...text].slice(0, precision).join("");

const hex = (text: string, verb: string, flags: Flags): string => {
  const bytes = Buffer.from(text).subarray(0, flags.precision ?? undefined);
  const prefix = flags.sharp && bytes.length > 0 ? "0x" : "";
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  const joined = prefix + pairs.join(flags.space ? ` ${prefix}` : "");
  return pad(verb === "X" ? joined.toUpperCase() : joined, flags);
};

const quoted = (text: string, flags: Flags): string => {
  const raw = flags.sharp && !/[`\ufeff]|(?!\t)\p{Cc}/u.test(text);
  return pad(raw ? `\`${cut(text, flags)}\`` : goQuote(cut(text, flags), { ascii: flags.plus }), flags);
};

const formatText = (text: string, verb: string, flags: Flags): string | undefined => {
  if (verb === "v") return pad(flags.goSyntax ? goQuote(cut(text, flags)) : cut(text, flags), flags);
  if (verb === "s") return pad(cut(text, flags), flags);
  if (verb === "x" || verb === "X") return hex(text, verb, flags);
  return verb === "q" ? quoted(text, flags) : undefined;
};

type Brackets = { readonly type: Type; readonly brackets: string };
const bracketed = (texts: readonly string[], { goSyntax }: Flags, { type, brackets }: Brackets): string =>
  goSyntax ? `${type.name}{${texts.join(", ")}}` : brackets.slice(0, -1) + texts.join(" ") + brackets.at(-1);

const formatList: Format = (value, verb, flags) => {
  const { type, items } = value as List;
  const texts = items.map((item) => formatInner(item, verb, flags));
  return bracketed(texts, flags, { type, brackets: "[]" });
};

const formatDict: Format = (value, verb, flags) => {
  const { type, keys, get } = value as Dict;
  const texts = keys().map((key) => `${formatInner(key, verb, flags)}:${formatInner(get(key), verb, flags)}`);
  return bracketed(texts, flags, { type, brackets: "map[]" });
};

const formatStruct: Format = (value, verb, flags) => {
  const { type } = value as Struct;
  const named = flags.named || flags.goSyntax;
  const texts = Object.entries(type.fields ?? {}).map(([name, read]) => {
    const text = formatInner(read(value as never), verb, flags);
    return named ? `${name}:${text}` : text;
  });
  return bracketed(texts, flags, { type, brackets: "{}" });
};

/** A value inside another: nil has a spelling of its own there. */
const formatInner: Format = (value, verb, flags) => {
  if (value !== undefined && value !== null) return formatValue(value, verb, flags);
  return flags.goSyntax ? "interface {}(nil)" : "<nil>";
};

const badVerb: Format = (value, verb, flags) => {
  const type = typeOf(value);
  if (!type) return `%!${verb}(<nil>)`;
  return `%!${verb}(${type.name}=${formatPlain(value, "v", flags) ?? ""})`;
};

const METHOD_VERBS = new Set(["v", "s", "x", "X", "q"]);

const formatted = (value: Value, verb: string, flags: Flags): string | undefined => {
  if (typeof value === "string") return formatText(value, verb, flags);
  const { text } = typeOf(value)!;
  return text && METHOD_VERBS.has(verb) && !flags.goSyntax
    ? formatText(text(value as never), verb, flags)
    : formatPlain(value, verb, flags);
};

/** A value as it is, whatever its type's String method says. */
const formatPlain = (value: Value, verb: string, flags: Flags): string | undefined => {
  if (typeof value === "string") return formatText(value, verb, flags);
  if (typeof value === "boolean") return verb === "t" || verb === "v" ? pad(String(value), flags) : undefined;
  if (typeof value === "number") return formatFloatVerb(value, verb, flags);
  if (isInt(value)) {
    const hexadecimal = typeOf(value)!.kind === "uint" && flags.goSyntax;
    return hexadecimal
      ? formatInteger(bigOf(value), "x", { ...flags, sharp: true })
      : formatInteger(bigOf(value), verb, flags);
  }
  if (isList(value)) return formatList(value, verb, flags);
  if (isDict(value)) return formatDict(value, verb, flags);
  return isStruct(value) ? formatStruct(value, verb, flags) : undefined;
};

/** One value under a verb of Go's fmt. */
export const formatValue: Format = (value, verb, flags) => {
  if (value === undefined || value === null)
    return verb === "v" || verb === "T" ? pad("<nil>", flags) : badVerb(value, verb, flags);
  if (verb === "T") return pad(cut(typeOf(value)!.name, flags), flags);
  return formatted(value, verb, flags) ?? badVerb(value, verb, flags);
};
