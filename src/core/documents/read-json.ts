import { type ParseError, parseTree, printParseErrorCode, type Node as Tree } from "jsonc-parser";
import type { Document, Unreadable } from "./document.ts";
import { type Container, type Json, numberOf } from "./json.ts";
import { type At, alignment, positionsOf } from "./positions.ts";

/** Where a scalar stands in its source. */
export type Scalar = Readonly<{ from: number; to: number }>;

const words = (code: string) => code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

/** Reads a JSON text as Grafana does: what a trailing comma or a comment makes of it is no JSON. */
export function readJson(text: string, position: At = positionsOf(text)): Document | Unreadable {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (error || !tree)
    return { error: words(printParseErrorCode(error?.error ?? 4)), place: position(error?.offset ?? 0) };

  const places = new Map<Container, Map<string, Scalar>>();
  const convert = (node: Tree): Json => {
    switch (node.type) {
      case "object":
        return container(
          node,
          (node.children ?? []).map(({ children }) => [String(children![0]!.value), children![1]!]),
        );
      case "array":
        return container(
          node,
          (node.children ?? []).map((child, index) => [String(index), child]),
        );
      case "number":
        return numberOf(text.slice(node.offset, node.offset + node.length));
      default:
        return node.value as Json;
    }
  };
  const container = (node: Tree, parts: readonly (readonly [string, Tree])[]): Container => {
    const scalars = new Map<string, Scalar>();
    const values = parts.map(([key, part]) => {
      if (part.type === "string") scalars.set(key, { from: part.offset, to: part.offset + part.length });
      return [key, convert(part)] as const;
    });
    const value: Container = node.type === "array" ? values.map(([, item]) => item) : Object.fromEntries(values);
    places.set(value, scalars);
    return value;
  };
  const value = convert(tree);
  return { value, at: placesIn(places, { text, position }) };
}

/** Where the texts of a document stand in its source. */
export function placesIn(
  places: ReadonlyMap<Container, ReadonlyMap<string, Scalar>>,
  { text, position }: Readonly<{ text: string; position: At }>,
): Document["at"] {
  return (container, key) => {
    const scalar = places.get(container)?.get(key);
    const value = (container as Readonly<Record<string, Json>>)[key];
    if (!scalar || typeof value !== "string") return () => position(scalar?.from ?? 0);
    let aligned: readonly number[] | undefined;
    return (offset) => {
      aligned ??= alignment(value, text.slice(scalar.from, scalar.to));
      return position(scalar.from + (aligned[offset] ?? 0));
    };
  };
}
