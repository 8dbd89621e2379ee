import { CallError } from "../errors.ts";
import { sprint, sprintf, sprintln } from "../print/format.ts";
import {
  ANY,
  BYTE,
  bigOf,
  type Fn,
  isDict,
  isFunc,
  isInt,
  isList,
  RAW,
  STRING,
  truth,
  typeOf,
  type Value,
  zero,
} from "../value.ts";
import { compare, equal } from "./compare.ts";
import { escapeHtml, escapeJs, escapeQuery } from "./escape.ts";
import { type Functions, fn, variadic } from "./run.ts";

const length = (value: Value): bigint => {
  if (typeof value === "string") return BigInt(Buffer.byteLength(value));
  if (isList(value)) return BigInt(value.items.length);
  if (isDict(value)) return BigInt(value.keys().length);
  if (value === null) throw new CallError("len of nil pointer");
  const type = typeOf(value);
  throw new CallError(type ? `len of type ${type.name}` : "reflect: call of reflect.Value.Type on zero Value");
};

const position = (index: Value, size: number, { past }: { past: boolean }): number => {
  if (index === undefined || index === null) throw new CallError("cannot index slice/array with nil");
  if (!isInt(index)) throw new CallError(`cannot index slice/array with type ${typeOf(index)!.name}`);
  const place = bigOf(index);
  if (place < 0n || place > BigInt(size) || (!past && place === BigInt(size)))
    throw new CallError(`index out of range: ${place}`);
  return Number(place);
};

const indexOne = (value: Value, index: Value): Value => {
  if (value === undefined || value === null) throw new CallError("index of nil pointer");
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return { type: BYTE, int: BigInt(bytes[position(index, bytes.length, { past: false })]!) };
  }
  if (isList(value)) return value.items[position(index, value.items.length, { past: false })];
  if (!isDict(value)) throw new CallError(`can't index item of type ${typeOf(value)!.name}`);
  if (index === undefined || index === null) throw new CallError(`value is nil; should be of type string`);
  if (typeof index !== "string") throw new CallError(`value has type ${typeOf(index)!.name}; should be string`);
  return value.get(index) ?? zero(value.type.element!);
};

const indexAll = (value: Value, indexes: readonly Value[]): Value => {
  if (value === undefined || value === null) throw new CallError("index of untyped nil");
  return indexes.reduce(indexOne, value);
};

const slice = (value: Value, indexes: readonly Value[]): Value => {
  if (value === undefined || value === null) throw new CallError("slice of untyped nil");
  if (indexes.length > 3) throw new CallError(`too many slice indexes: ${indexes.length}`);
  if (typeof value !== "string" && !isList(value))
    throw new CallError(`can't slice item of type ${typeOf(value)?.name}`);
  if (typeof value === "string" && indexes.length === 3) throw new CallError("cannot 3-index slice a string");
  const whole = typeof value === "string" ? Buffer.from(value) : value.items;
  const [start = 0, end = whole.length] = indexes.map((index) => position(index, whole.length, { past: true }));
  if (start > end) throw new CallError(`invalid slice index: ${start} > ${end}`);
  return typeof value === "string"
    ? Buffer.from(value).subarray(start, end).toString()
    : { ...value, items: value.items.slice(start, end) };
};

/** Go's `call` of what the template names so. */
export const callOf = (name: string): Fn =>
  variadic([RAW, RAW], (target: Value, args: readonly Value[]) => {
    if (target === undefined || target === null) throw new CallError("call of nil");
    if (!isFunc(target)) throw new CallError(`non-function ${name} of type ${typeOf(target)!.name}`);
    return target.fn.call(args);
  });

const texts = (values: readonly Value[]): string => sprint(values.map((value) => value ?? "<no value>"));
const ordered = (holds: (order: number) => boolean): Fn => fn([RAW, RAW], (a: Value, b: Value) => holds(compare(a, b)));

const deciding = (decides: (value: Value) => boolean): Fn =>
  variadic([RAW, RAW], (first: Value, rest: readonly Value[]) => {
    const all = [first, ...rest];
    return all.find(decides) ?? all.at(-1);
  });

/** The functions that every template has. */
export const BUILTINS: Functions = {
  and: deciding((value) => !truth(value)),
  or: deciding(truth),
  not: fn([RAW], (value: Value) => !truth(value)),
  call: callOf("function"),
  len: fn([RAW], length),
  index: variadic([RAW, RAW], indexAll),
  slice: variadic([RAW, RAW], slice),
  print: variadic([ANY], sprint),
  printf: variadic([STRING, ANY], sprintf),
  println: variadic([ANY], sprintln),
  html: variadic([ANY], (values: readonly Value[]) => escapeHtml(texts(values))),
  js: variadic([ANY], (values: readonly Value[]) => escapeJs(texts(values))),
  urlquery: variadic([ANY], (values: readonly Value[]) => escapeQuery(texts(values))),
  eq: variadic([RAW, RAW], (first: Value, others: readonly Value[]) => {
    if (others.length === 0) throw new CallError("missing argument for comparison");
    return others.some((other) => equal(first, other));
  }),
  ne: fn([RAW, RAW], (a: Value, b: Value) => !equal(a, b)),
  lt: ordered((order) => order < 0),
  le: ordered((order) => order <= 0),
  gt: ordered((order) => order > 0),
  ge: ordered((order) => order >= 0),
};
