import type { Tree } from "../parse/nodes.ts";
import { type Fn, STRING, type Type, type Value } from "../value.ts";

/** One run of a template: what it printed so far, and the variables of the template it is in. */
export type Run = { out: string; frame: Value[]; depth: number };
/** A compiled expression. */
export type Evaluate = (run: Run, dot: Value) => Value;
/** A compiled stage of a pipe: it gets the value of the stage before. */
export type Stage = (run: Run, dot: Value, final: Value) => Value;
/** A compiled statement: says whether the loop around it goes on. */
export type Execute = (run: Run, dot: Value) => Signal;
type Signal = 0 | 1 | 2;
export const GO_ON = 0;
export const BREAK = 1;
export const CONTINUE = 2;

export type Functions = Readonly<Record<string, Fn>>;
/** What a map answers for a key it lacks: Go's option `missingkey`. */
export type MissingKey = "default" | "zero";
export type Language = { readonly functions: Functions; readonly missingKey: MissingKey };

/** A template in its language, as it is compiled. */
export type Scope = { readonly tree: Tree; readonly language: Language };

type Body = (...args: never[]) => Value;
/** A function of a template with the types of its arguments. */
export const fn = (params: readonly Type[], body: Body): Fn => ({ params, call: spread(params.length, body) });

/** A function of one text. */
export const ofText = (body: (text: string) => Value): Fn => fn([STRING], body);

/** A call of a body with so many arguments; written out where it is cheaper than a spread. */
const spread = (count: number, body: Body): Fn["call"] => {
  const given = body as (...args: readonly Value[]) => Value;
  if (count === 0) return () => given();
  if (count === 1) return (args) => given(args[0]);
  if (count === 2) return (args) => given(args[0], args[1]);
  return (args) => given(...args);
};
/** A function whose last type is that of as many arguments as are given; its body gets these as one list. */
export const variadic = (types: readonly Type[], body: Body): Fn => {
  const count = types.length - 1;
  return {
    params: types.slice(0, -1),
    rest: types[count]!,
    call: (args) => body(...([...args.slice(0, count), args.slice(count)] as never[])),
  };
};
