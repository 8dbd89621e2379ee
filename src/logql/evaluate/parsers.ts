import type { Field, Logfmt } from "../ast.ts";
import { regex } from "../regex.ts";
import type { Hints } from "./hints.ts";
import { parsePath, pathScanner } from "./json-paths.ts";
import { eachField, type JsonFault, type JsonValue, jsonFaults, textOf, unescapeJson } from "./json-scan.ts";
import type { LineLabels } from "./labels.ts";
import { eachPair } from "./logfmt.ts";
import { capturesOf, parsePattern } from "./pattern.ts";

/** A stage on one line: the line as it goes on, or undefined where it is filtered out. */
export type Step = (line: string, labels: LineLabels) => string | undefined;

/** Marks a line with what went wrong, as labels of its own. */
export function fail(labels: LineLabels, error: string, details?: string): void {
  labels.set("__error__", error);
  if (details !== undefined) labels.set("__error_details__", details);
}

/** A label name made of any text: what no label may hold becomes `_`. */
export function labelName(text: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return text;
  const trimmed = text.trim();
  const safe = trimmed.replace(/[^A-Za-z0-9_]/gu, "_");
  return /^[0-9]/.test(safe) ? `_${safe}` : safe;
}

/** A name that does not hide a label of the stream. */
const own = (name: string, labels: LineLabels) => (labels.isOfStream(name) ? `${name}_extracted` : name);

type Outcome = JsonFault | "stop" | "mismatch" | undefined;

/** Sets a label that a parser read; tells whether the parser may stop. */
function put(name: string, value: string, { labels, hints }: Readonly<{ labels: LineLabels; hints: Hints }>): "stop" | "mismatch" | undefined {
  labels.set(name, value);
  if (!hints.took(name, labels)) return "mismatch";
  return hints.complete() ? "stop" : undefined;
}

/** Reads every field of a JSON object; nested names are joined by `_`, arrays and nulls are left out. */
export function jsonParser(hints: Hints): Step {
  const names = new Map<string, string>();
  const nameOf = (prefix: string, key: string) => {
    const full = prefix === "" ? key : `${prefix}_${key}`;
    let name = names.get(full);
    if (name === undefined) {
      name = prefix === "" ? labelName(key) : `${prefix}_${labelName(`_${key}`).slice(1)}`;
      if (names.size > 10_000) names.clear();
      names.set(full, name);
    }
    return name;
  };
  return (line, labels) => {
    if (hints.none) return line;
    let mismatch = false;
    const walk = (from: number, prefix: string): JsonFault | "stop" | undefined =>
      eachField(line, from, (key, value) => {
        const outcome = field(key, value, prefix);
        mismatch ||= outcome === "mismatch";
        return outcome === "mismatch" ? "stop" : outcome;
      });
    const field = (key: string, value: JsonValue, prefix: string): Outcome => {
      if (value.kind === "array" || value.kind === "null") return undefined;
      const name = nameOf(prefix, key);
      if (value.kind === "object") return hints.wantsBelow(name) ? walk(value.from, name) : undefined;
      const label = own(name, labels);
      if (label === "" || !hints.wants(label)) return undefined;
      return put(label, textOf(line, value), { labels, hints });
    };
    const outcome = walk(0, "");
    if (mismatch) return undefined;
    if (outcome !== undefined && outcome !== "stop") fail(labels, "JSONParserErr", jsonFaults[outcome]);
    return line;
  };
}

/** Reads the named paths of a JSON object; a label is empty where its path leads nowhere. */
export function jsonFields(fields: readonly Field[], hints: Hints): Step {
  const scan = pathScanner(fields.map(({ path }) => parsePath(path)));
  return (line, labels) => {
    if (line === "" || hints.none) return line;
    if (!/^["{[]/.test(line)) {
      fail(labels, "JSONParserErr");
      return line;
    }
    scan(line, (index, value) => {
      if (typeof value === "string") return fail(labels, "JSONParserErr", jsonFaults[value]);
      labels.set(own(fields[index]!.name, labels), value.kind === "null" ? "" : textOf(line, value));
    });
    for (const { name } of fields) {
      const label = own(name, labels);
      if (labels.get(label) === undefined) labels.set(label, "");
    }
    return line;
  };
}

/** Reads the pairs of a logfmt line, all or the named ones. */
export function logfmtParser({ strict, keepEmpty, fields }: Logfmt, hints: Hints): Step {
  const wanted = new Map(fields.map(({ name, path }) => [path, name]));
  return (line, labels) => {
    if (hints.none) return line;
    let mismatch = false;
    const pair = (key: string, value: string): boolean => {
      if (wanted.size > 0 && !wanted.has(key)) return true;
      const label = own(wanted.get(key) ?? labelName(key), labels);
      if (wanted.size > 0) return named(label, value, { labels, hints });
      if ((value === "" && !keepEmpty) || !hints.wants(label)) return true;
      const outcome = put(label, value, { labels, hints });
      mismatch = outcome === "mismatch";
      return outcome === undefined;
    };
    const fault = eachPair(line, { strict, pair: ({ key, value }) => pair(key, value) });
    if (mismatch) return undefined;
    if (fault !== undefined) fail(labels, "LogfmtParserErr", fault);
    for (const { name } of fields) {
      const label = own(name, labels);
      if (labels.get(label) === undefined) labels.set(label, "");
    }
    return line;
  };
}

function named(label: string, value: string, { labels, hints }: Readonly<{ labels: LineLabels; hints: Hints }>): boolean {
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

function captured(name: string, value: string, context: Readonly<{ labels: LineLabels; hints: Hints }>): void {
  const label = own(name, context.labels);
  if (context.hints.wants(label)) put(label, value, context);
}

/** Takes apart what Promtail's `pack` stage packed: text fields become labels, `_entry` the line. */
export function unpackParser(hints: Hints): Step {
  return (line, labels) => {
    if (line === "") return line;
    let entry = line;
    const values: [string, string][] = [];
    const outcome = line.startsWith("{")
      ? eachField(line, 0, (key, value) => {
          if (value.kind !== "string") return undefined;
          const text = unescapeJson(line.slice(value.from, value.to)) ?? "";
          if (key === "_entry") entry = text;
          else values.push([own(labelName(key), labels), text]);
          return undefined;
        })
      : "object";
    if (outcome !== undefined && outcome !== "stop") {
      fail(labels, "JSONParserErr", line.startsWith("{") ? jsonFaults[outcome] : "expecting json object(6), but it is not");
      return line;
    }
    for (const [name, value] of values) if (hints.wants(name)) put(name, value, { labels, hints });
    return entry;
  };
}
