import { formatFloat } from "../logql/template/print/floats.ts";
import { bigOf, isDict, isInt, isList, isStruct, type Value } from "../logql/template/value.ts";

const HTML: Record<string, string> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};
const text = (value: string): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => HTML[character]!);

const number = (value: number): string => {
  const size = Math.abs(value);
  const verb = size !== 0 && (size < 1e-6 || size >= 1e21) ? "e" : "f";
  return formatFloat(value, { verb }).replace("e-0", "e-");
};

type Member = readonly [name: string, value: Value];
const membersOf = (value: Value): readonly Member[] | undefined => {
  if (isDict(value)) return value.keys().map((key): Member => [key, value.get(key)]);
  if (!isStruct(value) || !value.type.fields) return undefined;
  return Object.entries(value.type.fields).map(([name, read]): Member => [name, read(value as never)]);
};

type Layout = { readonly indent: string; readonly depth: number };
type Wrapping = Layout & { readonly brackets: string };
const wrapped = (parts: readonly string[], { indent, depth, brackets }: Wrapping): string => {
  if (parts.length === 0 || indent === "") return brackets[0] + parts.join(",") + brackets[1];
  const line = `\n${indent.repeat(depth + 1)}`;
  return `${brackets[0]}${line}${parts.join(`,${line}`)}\n${indent.repeat(depth)}${brackets[1]}`;
};

const print = (value: Value, layout: Layout): string => {
  if (value === undefined || value === null) return "null";
  if (typeof value === "string") return text(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return number(value);
  if (isInt(value)) return String(bigOf(value));
  const inner = { ...layout, depth: layout.depth + 1 };
  if (isList(value))
    return wrapped(
      value.items.map((item) => print(item, inner)),
      { ...layout, brackets: "[]" },
    );
  const colon = layout.indent === "" ? ":" : ": ";
  const members = membersOf(value);
  if (members)
    return wrapped(
      members.map(([name, member]) => text(name) + colon + print(member, inner)),
      { ...layout, brackets: "{}" },
    );
  return text(value.type.text?.(value as never) ?? "");
};

/** A value as Go's JSON encoder writes it; with an indent, over several lines. */
export const printJson = (value: Value, indent = ""): string => print(value, { indent, depth: 0 });
