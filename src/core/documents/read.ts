import { type Document, refusalOf, type Unreadable } from "./document.ts";
import type { Json } from "./json.ts";
import { readJson } from "./read-json.ts";
import { readYaml } from "./read-yaml.ts";

type Format = "json" | "yaml" | "text";
/**
 * The documents of a file; `template` is one that a program such as Helm turns into YAML.
 * `refused` is one that is sound but holds itself, or more than can be taken.
 */
export type Read =
  | Readonly<{ documents: readonly Document[] }>
  | (Unreadable & Readonly<{ template?: true; refused?: true }>);

const NOWHERE = { line: 1, column: 1 };
/** A number that a double may not hold. */
const LONG_NUMBER = /\d{16}/;
const JSON_START = /^(?:\[|\{\s*(?:\}|"(?:[^"\\]|\\.)*"\s*:))/;
const YAML_START = /^(?:"[^"]*"|'[^']*'|[\w$./-]+)\s*:(?:\s|$)|^-\s+["'\w]+\s*:(?:\s|$)|^%YAML/;
const UNIMPORTANT = /^\s*(?:#.*|---.*|%TAG.*)?$/;
const TEMPLATE = /^\s*\{\{-?\s*[\w/]|\{\{-?\s*(?:\.(?:Values|Release|Chart|Files)\b|include\b|\$\.)/m;

/** The format of a file by its name, else by what it contains. */
export function formatOf(name: string, text = ""): Format {
  if (/\.json$/i.test(name)) return "json";
  if (/\.ya?ml$/i.test(name)) return "yaml";
  if (/\.logql$/i.test(name)) return "text";
  if (JSON_START.test(text.trimStart())) return "json";
  const first = text.split(/\r?\n/).find((line) => !UNIMPORTANT.test(line));
  return first !== undefined && YAML_START.test(first) ? "yaml" : "text";
}

/** Reads a JSON or YAML file; JSON is taken as YAML too, whose tabs YAML forbids. */
export function readDocuments(text: string, format: "json" | "yaml"): Read {
  try {
    const read = format === "json" || JSON_START.test(text.trimStart()) ? jsonFirst(text, format) : readYaml(text);
    if ("error" in read) return format === "yaml" && TEMPLATE.test(text) ? { ...read, template: true } : read;
    const documents = [read].flat();
    const error = documents.map(({ value }) => refusalOf(value)).find(Boolean);
    return error === undefined ? { documents } : { error, refused: true };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { error: "it is nested too deeply", refused: true };
  }
}

/** Reads a file for its values alone, which is faster: its texts have no places. */
export function readValues(text: string, format: "json" | "yaml"): Read {
  if (format === "yaml" || LONG_NUMBER.test(text)) return readDocuments(text, format);
  try {
    const value = JSON.parse(text) as Json;
    const error = refusalOf(value);
    return error === undefined ? { documents: [{ value, at: () => () => NOWHERE }] } : { error, refused: true };
  } catch {
    return readDocuments(text, format);
  }
}

function jsonFirst(text: string, format: "json" | "yaml"): Document | readonly Document[] | Unreadable {
  const read = readJson(text);
  if (format === "json" || !("error" in read)) return read;
  const asYaml = readYaml(text);
  return "error" in asYaml ? read : asYaml;
}
