import { equal, isList, isObject, type Json } from "../json.ts";

export type Path = readonly string[];
export type Sides = Readonly<{ from: Json | undefined; to: Json | undefined }>;

const own = (value: Json, key: string): Json | undefined =>
  Object.hasOwn(value as object, key) ? (value as Readonly<Record<string, Json>>)[key] : undefined;

/** The innermost places where two values differ; lists of another length differ as a whole. */
export function differences({ from, to }: Sides, path: Path = []): readonly Path[] {
  if (equal(from, to)) return [];
  const lists = isList(from) && isList(to) && from.length === to.length;
  if (!lists && !(isObject(from) && isObject(to))) return [path];
  const keys = [...new Set([...Object.keys(from as object), ...Object.keys(to as object)])];
  return keys.flatMap((key) => differences({ from: own(from!, key), to: own(to!, key) }, [...path, key]));
}

/** A value with the part at a path as another one has it. */
export function patched({ from, to }: Sides, [key, ...rest]: Path): Json | undefined {
  if (key === undefined || from === undefined || to === undefined) return to;
  const inner = patched({ from: own(from, key), to: own(to, key) }, rest);
  if (isList(from)) return from.with(Number(key), inner!);
  const { [key]: _, ...others } = from as Readonly<Record<string, Json>>;
  return inner === undefined ? others : { ...others, [key]: inner };
}
