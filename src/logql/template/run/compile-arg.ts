import { type NumberNode, type Operand, print } from "../parse/nodes.ts";
import { INT, type Type, type Value } from "../value.ts";
import { lastSpot, type Scope, validate } from "./compile-field.ts";
import { compileCommand, compilePipe } from "./compile-pipe.ts";
import { stop } from "./place.ts";
import type { Evaluate } from "./run.ts";

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

const compileLiteral = (scope: Scope, node: Literal, type: Type): Evaluate => {
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

/** Compiles an argument for a parameter of this type. */
export const compileArg = (scope: Scope, node: Operand, type: Type): Evaluate => {
  if (node.kind === "bool" || node.kind === "number" || node.kind === "string")
    return compileLiteral(scope, node, type);
  if (node.kind === "nil") {
    const takes = ["interface", "map", "slice", "func"].includes(type.kind);
    if (type.kind === "raw") return () => undefined;
    return takes ? () => null : () => stop(scope.tree, node)(`cannot assign nil to ${type.name}`);
  }
  const check = validate(scope, lastSpot(node), type);
  const value = compileOperand(scope, node);
  if (node.kind === "pipe") return (run, dot) => check(value(run, dot) ?? undefined);
  return (run, dot) => check(value(run, dot));
};

/** Compiles an operand that stands for itself: no arguments, no type asked. */
export const compileOperand = (scope: Scope, node: Operand): Evaluate => {
  if (node.kind === "pipe") return compilePipe(scope, node);
  const command = { kind: "command", at: node.at, args: [node] } as const;
  const stage = compileCommand(scope, command, { hasFinal: false, before: node });
  return (run, dot) => stage(run, dot, undefined);
};
