import { CallError } from "../errors.ts";
import { ANY, type Dict, type Fn, isAssignable, STRING_MAP, type Type, typeOf, type Value, zero } from "../value.ts";
import { type Spot, stop } from "./place.ts";
import type { Evaluate, Run, Scope, Stage } from "./run.ts";

/** An argument of a call: where it stands, and what gives it as a value of a type. */
export type Arg = { readonly spot: Spot; readonly as: (type: Type) => Evaluate };

/** A value where a parameter of this type is; stops the run where Go would. */
export const validate = ({ tree }: Scope, spot: Spot, type: Type): ((value: Value) => Value) => {
  const { kind } = type;
  if (kind === "raw") return (value) => value;
  const nullable = kind === "interface" || kind === "map" || kind === "slice" || kind === "func";
  return (value) => {
    const actual = typeOf(value);
    if (actual === type) return value;
    if (!actual && nullable) return null;
    if (value === undefined) return stop(tree, spot)(`invalid value; expected ${type.name}`);
    const given = actual ?? ANY;
    return isAssignable(given, type)
      ? value
      : stop(tree, spot)(`wrong type for value; expected ${type.name}; got ${given.name}`);
  };
};

type Call = {
  readonly name: string;
  readonly args: readonly Arg[];
  readonly hasFinal: boolean;
  readonly spot: Spot;
  readonly whole: Spot;
};

/** Compiles a call: the arguments by the types of the function's parameters, then the call itself. */
export const compileCall = (scope: Scope, fn: Fn, { name, args, hasFinal, spot, whole }: Call): Stage => {
  const given = args.length + Number(hasFinal);
  const { length } = fn.params;
  if (given < length || (!fn.rest && given > length)) {
    const want = fn.rest ? `at least ${length} got ${args.length}` : `${length} got ${given}`;
    return () => stop(scope.tree, spot)(`wrong number of args for ${name}: want ${want}`);
  }
  const typeAt = (index: number): Type => fn.params[index] ?? fn.rest!;
  const values = args.map((arg, index) => arg.as(typeAt(index)));
  const place = args.at(-1)?.spot ?? spot;
  const check = hasFinal ? validate(scope, place, typeAt(args.length)) : undefined;
  return (run, dot, final) => {
    const evaluated: Value[] = [];
    for (const value of values) evaluated.push(value(run, dot));
    if (check) evaluated.push(check(final ?? undefined));
    try {
      return fn.call(evaluated);
    } catch (error) {
      if (error instanceof CallError) return stop(scope.tree, whole)(`error calling ${name}: ${error.message}`);
      throw error;
    }
  };
};

const plain = { args: [], hasFinal: false } as const;
type Access = Omit<Call, "name">;
type ReadField = (run: Run, dot: Value, final: Value, receiver: Value, holder?: Value) => Value;

/** Compiles the access to one field or method of whatever value comes. */
const compileOne = (scope: Scope, name: string, { spot, whole, args, hasFinal }: Access): ReadField => {
  const { tree, language } = scope;
  const halt = stop(tree, spot);
  const hasArgs = args.length > 0 || hasFinal;
  const absent = language.missingKey === "zero" ? "" : undefined;
  const calls = new Map<Type, ReadField>();
  const method = (type: Type): ReadField => {
    const { params, rest, call } = type.methods![name]!;
    let self: Value;
    const bound: Fn = { params, ...(rest && { rest }), call: (values) => call(self as never, values) };
    const compiled = compileCall(scope, bound, { name, args, hasFinal, spot, whole });
    return (run, dot, final, receiver) => {
      self = receiver;
      return compiled(run, dot, final);
    };
  };
  return (run, dot, final, receiver, holder) => {
    if (!hasArgs && typeof receiver === "object" && receiver !== null && receiver.type === STRING_MAP) {
      return (receiver as Dict).get(name) ?? absent;
    }
    if (receiver === undefined) return undefined;
    if (receiver === null) return halt(`nil pointer evaluating interface {}.${name}`);
    const type = typeOf(receiver)!;
    if (type.methods && Object.hasOwn(type.methods, name)) {
      if (!calls.has(type)) calls.set(type, method(type));
      return calls.get(type)!(run, dot, final, receiver);
    }
    if (typeof receiver === "object" && "get" in receiver) {
      if (hasArgs) return halt(`${name} is not a method but has arguments`);
      const value = receiver.get(name);
      return value === undefined && language.missingKey === "zero" ? zero(type.element!) : value;
    }
    const read = type.fields && Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
    if (!read) return halt(`can't evaluate field ${name} in type ${(holdsAny(holder) ? ANY : type).name}`);
    if (hasArgs) return halt(`${name} has arguments but cannot be invoked as function`);
    return read(receiver as never);
  };
};

/** Whether Go only knows that what this holds is something. */
const holdsAny = (holder: Value): boolean => typeOf(holder)?.element === ANY;

/** Compiles a chain of fields: only the last may take arguments. */
export const compileFields = (scope: Scope, names: readonly string[], access: Access): ReadField => {
  const last = compileOne(scope, names.at(-1)!, access);
  if (names.length === 1) return last;
  const before = names.slice(0, -1).map((name) => compileOne(scope, name, { ...access, ...plain }));
  return (run, dot, final, receiver) => {
    let holder: Value;
    let value = receiver;
    for (const read of before) {
      const held = read(run, dot, undefined, value, holder);
      holder = value;
      value = held;
    }
    return last(run, dot, final, value, holder);
  };
};
