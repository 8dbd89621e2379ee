/** Go's kinds, as far as templates can tell them apart; `raw` takes a value as it is, even none. */
type Kind = "string" | "bool" | "int" | "uint" | "float" | "map" | "slice" | "struct" | "interface" | "func" | "raw";

export type Method = Signature & { readonly call: (receiver: never, args: readonly Value[]) => Value };
export type Type = {
  readonly name: string;
  readonly kind: Kind;
  /** Of a map or a slice: what it holds. */
  readonly element?: Type;
  /** Of a struct: its fields in their order. */
  readonly fields?: Readonly<Record<string, (value: never) => Value>>;
  readonly methods?: Readonly<Record<string, Method>>;
  /** How Go's String method writes a value of this type. */
  readonly text?: (value: never) => string;
  /** Of a named type: the unnamed type that its values may stand for. */
  readonly under?: Type;
};
type Signature = { readonly params: readonly Type[]; readonly rest?: Type };
export type Fn = Signature & { readonly call: (args: readonly Value[]) => Value };

/** An integer of a type other than `int`, which is a bare bigint. */
export type Int = { readonly type: Type; readonly int: bigint };
export type List = { readonly type: Type; readonly items: readonly Value[] };
export type Dict = Readonly<{ type: Type; get: (key: string) => Value; keys: () => readonly string[] }>;
export type Struct = { readonly type: Type; readonly of: unknown };
type Func = { readonly type: Type; readonly fn: Fn };
/** `undefined` is no value at all, `null` is nil, a number a float64, a bigint an int. */
export type Value = undefined | null | string | boolean | number | bigint | Int | List | Dict | Struct | Func;

export const STRING: Type = { name: "string", kind: "string" };
const BOOL: Type = { name: "bool", kind: "bool" };
export const INT: Type = { name: "int", kind: "int" };
export const INT64: Type = { name: "int64", kind: "int" };
export const BYTE: Type = { name: "uint8", kind: "uint" };
export const FLOAT: Type = { name: "float64", kind: "float" };
export const ANY: Type = { name: "interface {}", kind: "interface" };
export const RAW: Type = { name: "reflect.Value", kind: "raw" };
export const STRINGS: Type = { name: "[]string", kind: "slice", element: STRING };
export const LIST: Type = { name: "[]interface {}", kind: "slice", element: ANY };
export const STRING_MAP: Type = { name: "map[string]string", kind: "map", element: STRING };
export const MAP: Type = { name: "map[string]interface {}", kind: "map", element: ANY };
export const FUNC: Type = { name: "func", kind: "func" };

/** The type of a value; undefined for nil and for none. */
export const typeOf = (value: Value): Type | undefined => {
  if (typeof value === "string") return STRING;
  if (typeof value === "number") return FLOAT;
  if (typeof value === "bigint") return INT;
  if (typeof value === "boolean") return BOOL;
  return value?.type;
};
export const kindOf = (value: Value): Kind | undefined => typeOf(value)?.kind;

export const isInt = (value: Value): value is bigint | Int => {
  const kind = kindOf(value);
  return kind === "int" || kind === "uint";
};
export const bigOf = (value: bigint | Int): bigint => (typeof value === "bigint" ? value : value.int);
export const int64 = (int: bigint): Int => ({ type: INT64, int: BigInt.asIntN(64, int) });
export const isList = (value: Value): value is List => kindOf(value) === "slice";
export const isDict = (value: Value): value is Dict => kindOf(value) === "map";
export const isStruct = (value: Value): value is Struct => kindOf(value) === "struct";
export const isFunc = (value: Value): value is Func => kindOf(value) === "func";

/** Texts in Go's order: byte by byte. */
export const compareTexts = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
export const sorted = (texts: Iterable<string>): string[] => [...texts].sort(compareTexts);

/** A map over a plain record, its keys in Go's printing order. */
export const dict = (type: Type, record: Readonly<Record<string, Value>>): Dict => ({
  type,
  get: (key) => (Object.hasOwn(record, key) ? record[key] : undefined),
  keys: () => sorted(Object.keys(record)),
});
export const list = (type: Type, items: readonly Value[]): List => ({ type, items });

/** Whether Go lets a value of one type stand where another is asked. */
export const isAssignable = (from: Type, to: Type): boolean => {
  if (from === to || to.kind === "interface" || to.kind === "raw") return true;
  return from.under === to || to.under === from;
};

/** Whether Go's `if` takes this value for true. */
export const truth = (value: Value): boolean => {
  if (value === undefined || value === null) return false;
  if (typeof value !== "object") return Boolean(value);
  if (isInt(value)) return value.int !== 0n;
  if (isList(value)) return value.items.length > 0;
  if (isDict(value)) return value.keys().length > 0;
  return true;
};

/** The value that a Go variable of this type starts with. */
export const zero = (type: Type): Value => {
  if (type.kind === "string") return "";
  if (type.kind === "bool") return false;
  if (type.kind === "float") return 0;
  if (type.kind === "int" || type.kind === "uint") return type === INT ? 0n : { type, int: 0n };
  return null;
};
