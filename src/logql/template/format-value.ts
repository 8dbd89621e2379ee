import { formatFloatVerb, formatInteger, pad } from "./format-number.ts";
import { goQuote } from "./quote.ts";
import { bigOf, type Dict, isDict, isInt, isList, isStruct, type List, type Struct, typeOf, type Value } from "./value.ts";

export type Flags = {
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
};
export const NO_FLAGS: Flags = { plus: false, minus: false, sharp: false, space: false, zero: false, width: undefined, precision: undefined };

type Format = (value: Value, verb: string, flags: Flags) => string;

const cut = (text: string, { precision }: Flags): string => (precision === undefined ? text : [...text].slice(0, precision).join(""));

const hex = (text: string, verb: string, flags: Flags): string => {
  const bytes = Buffer.from(text).subarray(0, flags.precision ?? undefined);
  const prefix = flags.sharp && bytes.length > 0 ? "0x" : "";
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  const joined = prefix + pairs.join(flags.space ? ` ${prefix}` : "");
  return pad(verb === "X" ? joined.toUpperCase() : joined, flags);
};

const quoted = (text: string, flags: Flags): string => {
  const raw = flags.sharp && !/[`\ufeff]|(?!\t)\p{Cc}/u.test(text);
  return pad(raw ? `\`${cut(text, flags)}\`` : goQuote(cut(text, flags), flags.plus), flags);
};

const formatText = (text: string, verb: string, flags: Flags): string | undefined => {
  if (verb === "v") return flags.sharp ? pad(goQuote(text), flags) : pad(cut(text, flags), flags);
  if (verb === "s") return pad(cut(text, flags), flags);
  if (verb === "x" || verb === "X") return hex(text, verb, flags);
  return verb === "q" ? quoted(text, flags) : undefined;
};

const formatList: Format = (value, verb, flags) => {
  const { type, items } = value as List;
  const texts = items.map((item) => formatInner(item, verb, flags));
  return verb === "v" && flags.sharp ? `${type.name}{${texts.join(", ")}}` : `[${texts.join(" ")}]`;
};

const formatDict: Format = (value, verb, flags) => {
  const { type, keys, get } = value as Dict;
  const texts = keys().map((key) => `${formatInner(key, verb, flags)}:${formatInner(get(key), verb, flags)}`);
  return verb === "v" && flags.sharp ? `${type.name}{${texts.join(", ")}}` : `map[${texts.join(" ")}]`;
};

const formatStruct: Format = (value, verb, flags) => {
  const { type } = value as Struct;
  const named = verb === "v" && (flags.plus || flags.sharp);
  const texts = Object.entries(type.fields ?? {}).map(([name, read]) => {
    const text = formatInner(read(value as never), verb, flags);
    return named ? `${name}:${text}` : text;
  });
  return verb === "v" && flags.sharp ? `${type.name}{${texts.join(", ")}}` : `{${texts.join(" ")}}`;
};

/** A value inside another: nil has a spelling of its own there. */
const formatInner: Format = (value, verb, flags) => {
  if (value !== undefined && value !== null) return formatValue(value, verb, flags);
  return verb === "v" && flags.sharp ? "interface {}(nil)" : "<nil>";
};

const badVerb: Format = (value, verb, flags) => {
  const type = typeOf(value);
  return type ? `%!${verb}(${type.name}=${formatValue(value, "v", flags)})` : `%!${verb}(<nil>)`;
};

const METHOD_VERBS = new Set(["v", "s", "x", "X", "q"]);

const known = (value: Value, verb: string, flags: Flags): string | undefined => {
  const type = typeOf(value)!;
  if (type.text && METHOD_VERBS.has(verb) && !(verb === "v" && flags.sharp)) return formatText(type.text(value as never), verb, flags);
  if (typeof value === "string") return formatText(value, verb, flags);
  if (typeof value === "boolean") return verb === "t" || verb === "v" ? pad(String(value), flags) : undefined;
  const numeric = verb === "v" ? { ...flags, sharp: false, plus: false } : flags;
  if (typeof value === "number") return formatFloatVerb(value, verb, numeric);
  if (isInt(value)) {
    const hexadecimal = type.kind === "uint" && verb === "v" && flags.sharp;
    return hexadecimal ? formatInteger(bigOf(value), "x", flags) : formatInteger(bigOf(value), verb, numeric);
  }
  if (isList(value)) return formatList(value, verb, flags);
  if (isDict(value)) return formatDict(value, verb, flags);
  return isStruct(value) ? formatStruct(value, verb, flags) : undefined;
};

/** One value under a verb of Go's fmt. */
export const formatValue: Format = (value, verb, flags) => {
  if (verb === "T") return pad(typeOf(value)?.name ?? "<nil>", flags);
  if (value === undefined || value === null) return verb === "v" ? pad("<nil>", flags) : badVerb(value, verb, flags);
  return known(value, verb, flags) ?? badVerb(value, verb, flags);
};
