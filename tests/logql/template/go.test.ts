import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CallError, TemplateError, TemplateSyntaxError } from "../../../src/logql/template/errors.ts";
import { TEXTS } from "../../../src/logql/template/functions/logql-texts.ts";
import { TIMES } from "../../../src/logql/template/functions/logql-times.ts";
import { parseTemplate } from "../../../src/logql/template/parse/parse.ts";
import { BUILTINS } from "../../../src/logql/template/run/builtins.ts";
import { compileTemplates } from "../../../src/logql/template/run/compile.ts";
import { type Functions, fn, type MissingKey, variadic } from "../../../src/logql/template/run/run.ts";
import { duration } from "../../../src/logql/template/time/duration.ts";
import { TIME, time } from "../../../src/logql/template/time/time.ts";
import { zoneOf } from "../../../src/logql/template/time/zone.ts";
import {
  ANY,
  dict,
  INT,
  INT64,
  type Int,
  int64,
  LIST,
  type List,
  list,
  MAP,
  STRING,
  STRING_MAP,
  STRINGS,
  type Value,
} from "../../../src/logql/template/value.ts";

type Answer = { readonly text: string } | { readonly error: string };
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Labels = Readonly<Record<string, string>>;
type Language = {
  readonly labels: Labels;
  readonly missing: Labels;
  readonly fuzz: Labels;
  readonly data: Json;
  readonly cases: readonly (readonly [
    template: string,
    over: "labels" | "missing" | "fuzz" | "data",
    answer: Answer,
  ])[];
};
type Library = { readonly cases: readonly (readonly [template: string, answer: Answer])[] };

/**
 * Answers of Go's own text/template, recorded; half of them over templates made at random. Zones' names and town times
 * before 1970 are left out where the runtime's data differ.
 */
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`go/${name}.json`, import.meta.url), "utf8"));
const language = read("language") as Language;
const library = read("functions") as Library;

const value = (json: Json): Value => {
  if (Array.isArray(json)) return list(LIST, json.map(value));
  if (json === null || typeof json !== "object") return json as string | number | boolean | null;
  return dict(MAP, Object.fromEntries(Object.entries(json as Labels).map(([name, held]) => [name, value(held)])));
};

/** The functions that Go was given for the language. */
const SMALL: Functions = {
  ...BUILTINS,
  lower: fn([STRING], (text: string) => text.toLowerCase()),
  add1: fn([INT64], ({ int }: Int) => int64(int + 1n)),
  i64: fn([INT], int64),
  join: fn([STRING, STRINGS], (separator: string, { items }: List) => items.join(separator)),
  list: variadic([ANY], (items: readonly Value[]) => list(LIST, items)),
};

/** Go's strings, regexp and time under LogQL's names. */
const LIBRARY: Functions = {
  ...BUILTINS,
  ...TEXTS,
  ...TIMES,
  date: fn([STRING, TIME], (layout: string, at: Value) => TIMES.date!.call([layout, at])),
  dur: fn([INT64], ({ int }: Int) => duration(int)),
  tm: fn([INT64, INT64, STRING], (seconds: Int, nanoseconds: Int, name: string) => {
    const zone = zoneOf(name);
    if (!zone) throw new CallError(`unknown time zone ${name}`);
    return time({ nanoseconds: seconds.int * 1_000_000_000n + nanoseconds.int, zone });
  }),
};

type Given = { readonly functions: Functions; readonly missingKey: MissingKey; readonly data: Value };
const answer = (template: string, { functions, missingKey, data }: Given): Answer => {
  try {
    const trees = parseTemplate(template, { name: "line", knows: (name) => Object.hasOwn(functions, name) });
    return { text: compileTemplates(trees, { functions, missingKey })("line", data) };
  } catch (error) {
    if (error instanceof TemplateError || error instanceof TemplateSyntaxError) return { error: error.message };
    throw error;
  }
};

describe("the language as Go runs it", () => {
  test.each(["labels", "missing", "fuzz", "data"] as const)("over %s", (over) => {
    const cases = language.cases.filter(([, name]) => name === over);
    const data = over === "data" ? value(language.data) : dict(STRING_MAP, language[over]);
    const missingKey = over === "labels" || over === "fuzz" ? "zero" : "default";
    const answers = cases.map(([template]) => [template, answer(template, { functions: SMALL, missingKey, data })]);
    expect(cases.length).toBeGreaterThan(20);
    expect(answers).toEqual(cases.map(([template, , expected]) => [template, expected]));
  });
});

test("texts, expressions, times and durations as Go writes them", () => {
  const answers = library.cases.map(([template]) => [
    template,
    answer(template, { functions: LIBRARY, missingKey: "default", data: null }),
  ]);
  expect(answers).toEqual(library.cases);
});
