import type { Field } from "../ast.ts";
import type { Hints } from "./hints.ts";
import { parsePath, pathScanner } from "./json-paths.ts";
import { eachField, type JsonFault, type JsonValue, jsonFaults, textOf } from "./json-scan.ts";
import type { LineLabels } from "./labels.ts";
import { emptyWhereAbsent, fail, labelName, own, put, type Step } from "./step.ts";

/** Reads every field of a JSON object; nested names are joined by `_`, arrays and nulls are left out. */
export function jsonParser(hints: Hints): Step {
  let line = "";
  let labels: LineLabels;
  let mismatch = false;
  let prefix = "";
  const field = (key: string, value: JsonValue): JsonFault | "stop" | undefined => {
    if (value.kind === "array" || value.kind === "null") return undefined;
    const name = labelName(prefix === "" ? key : `${prefix}_${key}`);
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
    if (outcome !== undefined && outcome !== "stop") fail(labels, "JSONParserErr", { details: jsonFaults[outcome] });
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
    if (typeof value === "string") return fail(labels, "JSONParserErr", { details: jsonFaults[value] });
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

/** Takes apart what Promtail's `pack` stage packed: text fields become labels, `_entry` the line. */
export function unpackParser(hints: Hints): Step {
  return (line, labels) => {
    if (line === "") return line;
    let entry = line;
    const values: [string, string][] = [];
    if (!line.startsWith("{")) {
      fail(labels, "JSONParserErr", { details: "expecting json object(6), but it is not" });
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
      fail(labels, "JSONParserErr", { details: jsonFaults[outcome] });
      return line;
    }
    for (const [name, value] of values) if (hints.wants(name)) put(name, value, { labels, hints });
    return entry;
  };
}
