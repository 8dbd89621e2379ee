import { kept } from "../../core/kept.ts";
import { NUMBERS } from "./functions/logql-numbers.ts";
import { TEXTS } from "./functions/logql-texts.ts";
import { TIMES } from "./functions/logql-times.ts";
import { parseTemplate } from "./parse/parse.ts";
import { BUILTINS } from "./run/builtins.ts";
import { compileTemplates } from "./run/compile.ts";
import { fieldsRead } from "./run/reads.ts";
import { type Functions, fn } from "./run/run.ts";
import { time } from "./time/time.ts";
import { UTC } from "./time/zone.ts";
import { type Dict, STRING_MAP, sorted } from "./value.ts";

type LabelOf = (name: string) => string | undefined;
/** The line a template runs over; `names`, its labels' names, are asked only by a template that reads all labels. */
type Entry = {
  readonly line: string;
  readonly nanoseconds: () => bigint;
  readonly names?: () => readonly string[];
};
type LineTemplate = {
  /** What the template makes of one line; throws `TemplateError`. */
  (label: LabelOf, entry: Entry): string;
  /** The names of the labels that the template can read; undefined where it can read any. */
  readonly labels: readonly string[] | undefined;
};

const LANGUAGE: Functions = { ...BUILTINS, ...TEXTS, ...NUMBERS, ...TIMES };
const OWN = new Set(["__line__", "__timestamp__"]);
const knows = (name: string): boolean => Object.hasOwn(LANGUAGE, name) || OWN.has(name);

const compile = (text: string, name: "line" | "label"): LineTemplate => {
  const trees = parseTemplate(text, { name, knows });
  let current: Entry;
  let labelOf: LabelOf;
  const functions: Functions = {
    ...LANGUAGE,
    __line__: fn([], () => current.line),
    __timestamp__: fn([], () => time({ nanoseconds: current.nanoseconds(), zone: UTC })),
  };
  const template = compileTemplates(trees, { functions, missingKey: "zero" });
  const labels: Dict = { type: STRING_MAP, get: (key) => labelOf(key), keys: () => sorted(current.names?.() ?? []) };
  const run = (label: LabelOf, entry: Entry): string => {
    current = entry;
    labelOf = label;
    return template(name, labels);
  };
  return Object.assign(run, { labels: fieldsRead(trees.get(name)!) });
};

/** A query is checked, asked for its labels and run with the same templates. */
const templates = {
  line: kept(1000, (text) => compile(text, "line")),
  label: kept(1000, (text) => compile(text, "label")),
};

/**
 * Compiles a template of `line_format` (named `line` in errors) or `label_format` (`label`).
 * Throws `TemplateSyntaxError`.
 */
export const compileLineTemplate = (text: string, name: "line" | "label" = "line"): LineTemplate =>
  templates[name](text);
