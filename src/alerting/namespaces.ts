import { CallError } from "../logql/template/errors.ts";
import { fromJson } from "../logql/template/functions/json.ts";
import { sprint } from "../logql/template/print/format.ts";
import { type Functions, fn } from "../logql/template/run/run.ts";
import { time } from "../logql/template/time/time.ts";
import { UTC } from "../logql/template/time/zone.ts";
import {
  ANY,
  type Dict,
  dict,
  LIST,
  type List,
  list,
  MAP,
  type Method,
  STRING,
  type Type,
  type Value,
} from "../logql/template/value.ts";
import { printJson } from "./print-json.ts";

type Methods = Readonly<Record<string, Method>>;
const namespace = (name: string, methods: Methods) => {
  const type: Type = { name, kind: "struct", methods };
  return fn([], () => ({ type, of: undefined }));
};

const pairs = (values: readonly Value[]): Dict => {
  const record: Record<string, Value> = {};
  values.forEach((value, index) => {
    const key = typeof value === "string" ? value : sprint([value]);
    if (index % 2 === 0) record[key] = index + 1 < values.length ? values[index + 1] : "";
  });
  return dict(MAP, record);
};

const COLL: Methods = {
  Dict: { params: [], rest: ANY, call: (_self: never, values) => pairs(values) },
  Slice: { params: [], rest: ANY, call: (_self: never, values) => list(LIST, values) },
  Append: {
    params: [ANY, ANY],
    call: (_self: never, [value, to]) => {
      if (typeof to !== "object" || to === null || !("items" in to)) throw new CallError("must pass an array or slice");
      return list(LIST, [...(to as List).items, value]);
    },
  },
};
const parsed = (text: string): Value => {
  const value = fromJson(text);
  if (value === null && text.trim() !== "null") throw new CallError(`unable to unmarshal object: ${text}`);
  return value;
};
const DATA: Methods = {
  JSON: { params: [STRING], call: (_self: never, [text]) => parsed(text as string) },
  ToJSON: { params: [ANY], call: (_self: never, [value]) => printJson(value) },
  ToJSONPretty: { params: [STRING, ANY], call: (_self: never, [indent, value]) => printJson(value, indent as string) },
};

export type Clock = { readonly now: () => bigint };
/** Runs a template: one that has a name, or one that is given as text. */
export type Runner = {
  readonly exec: (name: string, data: Value) => string;
  readonly inline: (text: string, data: Value) => string;
};
/** Grafana's functions that live under a name: `coll.Dict`, `data.ToJSON`, `tmpl.Exec`, `time.Now`. */
export const namespaces = (clock: Clock, { exec, inline }: Runner): Functions => ({
  coll: namespace("*templates.CollFuncs", COLL),
  data: namespace("*templates.DataFuncs", DATA),
  tmpl: namespace("*templates.Template", {
    Exec: { params: [STRING], rest: ANY, call: (_self: never, [name, data]) => exec(name as string, data) },
    Inline: { params: [STRING], rest: ANY, call: (_self: never, [text, data]) => inline(text as string, data) },
  }),
  time: namespace("*templates.TimeFuncs", {
    Now: { params: [], call: () => time({ nanoseconds: clock.now(), zone: UTC }) },
  }),
});
