import type { Field, Logfmt } from "../ast.ts";
import { regex } from "../regex.ts";
import type { Hints } from "./hints.ts";
import { parsePath, pathScanner } from "./json-paths.ts";
import { eachField, type JsonFault, type JsonValue, jsonFaults, textOf } from "./json-scan.ts";
import type { LineLabels } from "./labels.ts";
import { eachPair, type Pair } from "./logfmt.ts";
import { capturesOf, parsePattern } from "./pattern.ts";

/** A stage on one line: the line as it goes on, or undefined where it is filtered out. */
export type Step = (line: string, labels: LineLabels) => string | undefined;

/** Marks a line with what went wrong, as labels of its own. */
export function fail(labels: LineLabels, error: string, details?: string): void {
  labels.set("__error__", error);
  if (details !== undefined) labels.set("__error_details__", details);
}

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** A label name made of any text: what no label may hold becomes `_`. */
function labelName(text: string): string {
  if (LABEL.test(text)) return text;
  const trimmed = text.trim();
  const safe = trimmed.replace(/[^A-Za-z0-9_]/gu, "_");
  return /^[0-9]/.test(safe) ? `_${safe}` : safe;
}

/** A name that does not hide a label of the stream. */
const own = (name: string, labels: LineLabels) => (labels.isOfStream(name) ? `${name}_extracted` : name);

type Context = Readonly<{ labels: LineLabels; hints: Hints }>;
/** Sets a label that a parser read; tells whether the parser may stop. */
function put(name: string, value: string, { labels, hints }: Context): "stop" | "mismatch" | undefined {
  labels.set(name, value);
  if (!hints.took(name, labels)) return "mismatch";
  return hints.complete() ? "stop" : undefined;
}

/** Names of nested fields, joined by `_` and made fit for a label; made once for each. */
function fieldNames() {
  const names = new Map<string, string>();
  return (prefix: string, key: string): string => {
    const full = prefix === "" ? key : `${prefix}_${key}`;
    let name = names.get(full);
    if (name === undefined) {
      name = prefix === "" ? labelName(key) : `${prefix}_${labelName(`_${key}`).slice(1)}`;
      if (names.size > 10_000) names.clear();
      names.set(full, name);
    }
    return name;
  };
}

/** Reads every field of a JSON object; nested names are joined by `_`, arrays and nulls are left out. */
export function jsonParser(hints: Hints): Step {
  const nameOf = fieldNames();
  let line = "";
  let labels: LineLabels;
  let mismatch = false;
  let prefix = "";
  const field = (key: string, value: JsonValue): JsonFault | "stop" | undefined => {
    if (value.kind === "array" || value.kind === "null") return undefined;
    const name = nameOf(prefix, key);
    if (value.kind === "object") return hints.wantsBelow(name) ? nested(name, value) : undefined;
    const label = own(name, labels);
    if (label === "" || !hints.wants(label)) return undefined;
    const outcome = put(label, textOf(line, value), { labels, hints });
    mismatch ||= outcome === "mismatch";
    return outcome === undefined ? undefined : "stop";
  };
  const nested = (name: string, { from }: JsonValue) => {
    const outer = prefix;
    prefix = name;
    const outcome = eachField(line, from, field);
    prefix = outer;
    return outcome;
  };
  return (text, of) => {
    if (hints.none) return text;
    [line, labels, mismatch, prefix] = [text, of, false, ""];
    const outcome = eachField(line, 0, field);
    if (mismatch) return undefined;
    if (outcome !== undefined && outcome !== "stop") fail(labels, "JSONParserErr", jsonFaults[outcome]);
    return line;
  };
}

/** Reads the named paths of a JSON object; a label is empty where its path leads nowhere. */
export function jsonFields(fields: readonly Field[], hints: Hints): Step {
  const scan = pathScanner(fields.map(({ path }) => parsePath(path)));
  let text = "";
  let labels: LineLabels;
  let missing = 0;
  const found = (index: number, value: JsonValue | JsonFault) => {
    if (typeof value === "string") return fail(labels, "JSONParserErr", jsonFaults[value]);
    missing -= 1;
    labels.set(own(fields[index]!.name, labels), value.kind === "null" ? "" : textOf(text, value));
  };
  return (line, of) => {
    if (line === "" || hints.none) return line;
    const first = line.charCodeAt(0);
    if (first !== 123 && first !== 34 && first !== 91) {
      fail(of, "JSONParserErr");
      return line;
    }
    [text, labels, missing] = [line, of, fields.length];
    scan(line, found);
    if (missing > 0) emptyWhereAbsent(fields, labels);
    return line;
  };
}

/** A label that was asked for and not found is empty. */
function emptyWhereAbsent(fields: readonly Field[], labels: LineLabels): void {
  for (const { name } of fields) {
    const label = own(name, labels);
    if (labels.get(label) === undefined) labels.set(label, "");
  }
}

/** Reads the pairs of a logfmt line, all or the named ones. */
export function logfmtParser({ strict, keepEmpty, fields }: Logfmt, hints: Hints): Step {
  const wanted = new Map(fields.map(({ name, path }) => [path, name]));
  const bad = fields.find(({ path }) => path === "" || /[\s="]/.test(path));
  if (bad) throw new Error(`unexpected ${JSON.stringify(bad.path)}`);
  let labels: LineLabels;
  let mismatch = false;
  const pair = ({ key, value }: Pair): boolean => {
    if (wanted.size > 0) return !wanted.has(key) || named(own(wanted.get(key)!, labels), value, { labels, hints });
    const label = own(labelName(key), labels);
    if ((value === "" && !keepEmpty) || !hints.wants(label)) return true;
    const outcome = put(label, value, { labels, hints });
    mismatch = outcome === "mismatch";
    return outcome === undefined;
  };
  return (line, of) => {
    if (hints.none) return line;
    [labels, mismatch] = [of, false];
    const fault = eachPair(line, { strict, pair });
    if (mismatch) return undefined;
    if (fault !== undefined) fail(labels, "LogfmtParserErr", fault);
    emptyWhereAbsent(fields, labels);
    return line;
  };
}

function named(label: string, value: string, { labels, hints }: Context): boolean {
  if (hints.losesLast && hints.wants(label)) {
    hints.took(label, labels);
    if (hints.complete()) return false;
  }
  labels.set(label, value);
  return true;
}

/** Reads the named groups of a regular expression. */
export function regexpParser(source: string, hints: Hints): Step {
  const { find, names } = regex(source);
  const groups = Object.entries(names);
  if (groups.length === 0) throw new Error("at least one named capture must be supplied");
  const bad = groups.find(([name]) => !LABEL.test(name));
  if (bad) throw new Error(`invalid extracted label name '${bad[0]}'`);
  return (line, labels) => {
    if (hints.none) return line;
    const found = find(line);
    if (found) for (const [name, group] of groups) captured(name, found[group] ?? "", { labels, hints });
    return line;
  };
}

/** Reads the captures of a pattern. */
export function patternParser(text: string, hints: Hints): Step {
  const captures = capturesOf(parsePattern(text, "parser"));
  return (line, labels) => {
    if (!hints.none) captures(line, (name, value) => captured(name, value, { labels, hints }));
    return line;
  };
}

function captured(name: string, value: string, context: Context): void {
  const label = own(name, context.labels);
  if (context.hints.wants(label)) put(label, value, context);
}

/** Takes apart what Promtail's `pack` stage packed: text fields become labels, `_entry` the line. */
export function unpackParser(hints: Hints): Step {
  return (line, labels) => {
    if (line === "") return line;
    let entry = line;
    const values: [string, string][] = [];
    if (!line.startsWith("{")) {
      fail(labels, "JSONParserErr", "expecting json object(6), but it is not");
      return line;
    }
    const outcome = eachField(line, 0, (key, value) => {
      if (value.kind !== "string") return undefined;
      const text = textOf(line, value);
      if (key === "_entry") entry = text;
      else values.push([own(labelName(key), labels), text]);
      return undefined;
    });
    if (outcome !== undefined && outcome !== "stop") {
      fail(labels, "JSONParserErr", jsonFaults[outcome]);
      return line;
    }
    for (const [name, value] of values) if (hints.wants(name)) put(name, value, { labels, hints });
    return entry;
  };
}
