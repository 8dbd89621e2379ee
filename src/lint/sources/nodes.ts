import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from "yaml";
import type { Position } from "../finding.ts";
import { alignment, positionsOf } from "./positions.ts";

/** A part of a JSON or YAML document that knows where it stands. */
export type Node =
  | Readonly<{ kind: "map"; of: ReadonlyMap<string, Node> }>
  | Readonly<{ kind: "list"; of: readonly Node[] }>
  | Readonly<{ kind: "value"; value: unknown; at: (offset: number) => Position }>;

export const get = (node: Node | undefined, ...path: readonly string[]): Node | undefined =>
  path.reduce<Node | undefined>((at, key) => (at?.kind === "map" ? at.of.get(key) : undefined), node);
export const listOf = (node: Node | undefined): readonly Node[] => (node?.kind === "list" ? node.of : []);
export const plainOf = (node: Node | undefined): unknown => (node?.kind === "value" ? node.value : undefined);
export function textOf(node: Node | undefined): string | undefined {
  const value = plainOf(node);
  return typeof value === "string" ? value : undefined;
}
export const numbersOf = (node: Node | undefined): readonly number[] => listOf(node).flatMap((item) => numberOf(item) ?? []);
export function numberOf(node: Node | undefined): number | undefined {
  const value = plainOf(node);
  return typeof value === "number" ? value : undefined;
}

// YAML forbids the tabs that some editors indent JSON with; a JSON string never holds a real tab.
const untabbed = (text: string) => (/^\s*[[{]/.test(text) ? text.replace(/\t/g, " ") : text);
const NOTHING: Node = { kind: "value", value: null, at: () => ({ line: 1, column: 1 }) };

/** The documents of a JSON or YAML text, or what its parser says against it, with the place. */
export function readDocuments(original: string): readonly Node[] | (Position & Readonly<{ error: string }>) {
  const text = untabbed(original);
  const position = positionsOf(text);
  const parsed = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const documents = Array.isArray(parsed) ? parsed : [];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) return { ...position(error.pos[0]), error: error.message.split("\n", 1)[0]!.replace(/[.\s]+$/, "") };

  const anchors = new Map<string, Node>();
  const convert = (node: unknown): Node => {
    const converted = fresh(node);
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) anchors.set(node.anchor, converted);
    return converted;
  };
  const fresh = (node: unknown): Node => {
    if (isMap(node)) return { kind: "map", of: new Map(node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), convert(value)])) };
    if (isSeq(node)) return { kind: "list", of: node.items.map(convert) };
    if (isAlias(node)) return anchors.get(node.source) ?? NOTHING;
    if (!isScalar(node)) return NOTHING;
    const { value, range } = node;
    const [from, to] = range ?? [0, 0];
    let places: readonly number[] | undefined;
    const at = (offset: number) => {
      places ??= alignment(String(value), text.slice(from, to));
      return position(from + (places[offset] ?? 0));
    };
    return { kind: "value", value, at };
  };
  return documents.flatMap(({ contents }) => (contents ? [convert(contents)] : []));
}
