import { type CommandNode, type Operand, type PipeNode, print, UNDEFINED, type VariableNode } from "../parse/nodes.ts";
import { RAW, type Type, truth } from "../value.ts";
import { callOf } from "./builtins.ts";
import { type Arg, compileCall, compileFields, validate } from "./compile-field.ts";
import { compileLiteral, idealNumber } from "./compile-literal.ts";
import { lastSpot, type Spot, stop } from "./place.ts";
import type { Evaluate, Scope, Stage } from "./run.ts";

const compileVariable = (scope: Scope, node: VariableNode): Evaluate => {
  const { slot, name } = node;
  if (slot === UNDEFINED) return () => stop(scope.tree, node)(`undefined variable: ${name}`);
  return (run) => run.frame[slot];
};

type Received = { readonly receiver: Evaluate; readonly names: readonly string[] };
/** Compiles the receiver of a chain of fields, with the names of these. */
const receiverOf = (scope: Scope, node: Operand): Received | undefined => {
  switch (node.kind) {
    case "field":
      return { receiver: (_run, dot) => dot, names: node.names };
    case "variable":
      return node.fields.length > 0 ? { receiver: compileVariable(scope, node), names: node.fields } : undefined;
    case "chain":
      return { receiver: compileOperand(scope, node.node), names: node.fields };
    default:
      return undefined;
  }
};

const compileFirst = (scope: Scope, first: Operand): Evaluate => {
  switch (first.kind) {
    case "pipe":
      return compilePipe(scope, first);
    case "variable":
      return compileVariable(scope, first);
    case "dot":
      return (_run, dot) => dot;
    case "bool":
      return () => first.value;
    case "string":
      return () => first.text;
    case "number":
      return idealNumber(scope, first);
    default: {
      const why = first.kind === "nil" ? "nil is not a command" : `can't evaluate command ${print(first)}`;
      return () => stop(scope.tree, first)(why);
    }
  }
};

/** Compiles an argument for a parameter of this type. */
const compileArg = (scope: Scope, node: Operand, type: Type): Evaluate => {
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
const compileOperand = (scope: Scope, node: Operand): Evaluate => {
  if (node.kind === "pipe") return compilePipe(scope, node);
  const command = { kind: "command", at: node.at, args: [node] } as const;
  const stage = compileCommand(scope, command, { hasFinal: false, before: node });
  return (run, dot) => stage(run, dot, undefined);
};

type Called = { readonly name: string; readonly args: readonly Arg[]; readonly hasFinal: boolean };
/** Compiles `and` and `or`, which evaluate no argument past the deciding one; undefined for any other function. */
const shortCircuit = ({ name, args, hasFinal }: Called): Stage | undefined => {
  if ((name !== "and" && name !== "or") || args.length + Number(hasFinal) === 0) return undefined;
  const values = args.map((arg) => arg.as(RAW));
  const decides = name === "or";
  return (run, dot, final) => {
    let value = final;
    for (const evaluate of values) {
      value = evaluate(run, dot);
      if (truth(value) === decides) return value;
    }
    return hasFinal ? final : value;
  };
};

type Before = { readonly hasFinal: boolean; readonly before: Spot };
/** Compiles one command of a pipe; `hasFinal` says whether a value comes from the command before. */
const compileCommand = (scope: Scope, command: CommandNode, { hasFinal, before }: Before): Stage => {
  const [first, ...operands] = command.args as [Operand, ...Operand[]];
  const args = operands.map((node): Arg => ({ spot: lastSpot(node), as: (type) => compileArg(scope, node, type) }));
  if (first.kind === "identifier") {
    const fn =
      first.name === "call" && operands[0] ? callOf(print(operands[0])) : scope.language.functions[first.name]!;
    const call = { name: first.name, args, hasFinal, spot: first, whole: command };
    return shortCircuit(call) ?? compileCall(scope, fn, call);
  }
  const access = receiverOf(scope, first);
  if (access) {
    const spot = first.kind === "chain" ? lastSpot(first.node) : first;
    const read = compileFields(scope, access.names, { spot, whole: first, args, hasFinal });
    const { receiver } = access;
    return (run, dot, final) => read(run, dot, final, receiver(run, dot));
  }
  if (args.length === 0 && !hasFinal) return compileFirst(scope, first);
  const spot = first.kind === "pipe" ? before : first;
  return () => stop(scope.tree, spot)(`can't give argument to non-function ${print(first)}`);
};

const inTurn = (first: Stage, [second, ...rest]: readonly Stage[]): Evaluate => {
  if (!second) return (run, dot) => first(run, dot, undefined);
  const two: Stage = (run, dot, final) => second(run, dot, first(run, dot, final));
  return inTurn(two, rest);
};

/** Compiles a pipe: its commands in turn, then the variables that it sets. */
export const compilePipe = (scope: Scope, pipe: PipeNode): Evaluate => {
  const [first, ...rest] = pipe.commands.map((command, index) => {
    const before = index === 0 ? pipe : lastSpot(pipe.commands[index - 1]!);
    return compileCommand(scope, command, { hasFinal: index > 0, before });
  }) as [Stage, ...Stage[]];
  const value = inTurn(first, rest);
  if (pipe.variables.length === 0) return value;
  const unknown = pipe.variables.find((variable) => variable.slot === UNDEFINED);
  if (unknown)
    return (run, dot) =>
      stop(scope.tree, pipe.commands.at(-1)!.args[0]!)(`undefined variable: ${unknown.name}`) ?? value(run, dot);
  return (run, dot) => {
    const result = value(run, dot);
    for (const { slot } of pipe.variables) run.frame[slot] = result;
    return result;
  };
};
