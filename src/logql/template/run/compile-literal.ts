import { type NumberNode, type Operand, print } from "../parse/nodes.ts";
import { INT, type Type, type Value } from "../value.ts";
import { stop } from "./place.ts";
import type { Evaluate, Scope } from "./run.ts";

const MAX_INT = (1n << 63n) - 1n;

/** A number where no type is asked: an int, or a float64 where it is written as one. */
export const idealNumber = ({ tree }: Scope, node: NumberNode): Evaluate => {
  const { int, float, decimal, text } = node;
  if (decimal || int === undefined) return () => float;
  return int > MAX_INT ? () => stop(tree, node)(`${text} overflows int`) : () => int;
};

const EXPECTED: Partial<Record<Type["kind"], string>> = {
  bool: "bool",
  float: "float",
  int: "integer",
  uint: "unsigned integer",
  string: "string",
};

type Literal = Extract<Operand, { kind: "bool" | "number" | "string" }>;
const literalValue = (node: Literal, type: Type): Value => {
  if (node.kind === "bool") return type.kind === "bool" ? node.value : undefined;
  if (node.kind === "string") return type.kind === "string" ? node.text : undefined;
  if (type.kind === "float") return node.float;
  if (node.int === undefined || (type.kind !== "int" && type.kind !== "uint")) return undefined;
  return type === INT ? node.int : { type, int: node.int };
};

/** Compiles a literal for a parameter of this type. */
export const compileLiteral = (scope: Scope, node: Literal, type: Type): Evaluate => {
  if (type.kind === "interface" || type.kind === "raw") {
    if (node.kind === "number") return idealNumber(scope, node);
    const value = node.kind === "bool" ? node.value : node.text;
    return () => value;
  }
  const value = literalValue(node, type);
  if (value !== undefined) return () => value;
  const expected = EXPECTED[type.kind];
  const odd = `can't handle ${print(node)} for arg of type ${type.name}`;
  return () => stop(scope.tree, node)(expected ? `expected ${expected}; found ${print(node)}` : odd);
};
