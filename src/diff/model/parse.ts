import { parseAllDocuments } from "yaml";
import { jsonFault } from "../../json-fault.ts";
import { DiffError } from "../errors.ts";
import type { Json } from "../json.ts";

const firstLine = (error: unknown) => (error as Error).message.split("\n", 1)[0]!.replace(/[:.]+$/, "");
const clauseOf = (error: unknown, json: string | undefined) => (json === undefined ? undefined : jsonFault(json)) ?? firstLine(error);

function fromYaml(text: string): readonly Json[] {
  const documents = parseAllDocuments(text, { merge: true, prettyErrors: true });
  return [...documents].flatMap((document) => {
    if (document.errors[0]) throw document.errors[0];
    const value = document.toJS() as Json | undefined;
    return value === null || value === undefined ? [] : [value];
  });
}

/** The documents of a JSON or YAML file; throws one sentence with the path when it is broken. */
export function documentsOf(path: string, original: string): readonly Json[] {
  const text = original.replace(/^\uFEFF/, "");
  const isJson = /\.json$/i.test(path);
  try {
    if (!isJson) return fromYaml(text);
    return text.trim() === "" ? [] : [JSON.parse(text) as Json];
  } catch (cause) {
    throw new DiffError(`${path} is not valid ${isJson ? "JSON" : "YAML"} (${clauseOf(cause, isJson ? text : undefined)}); mend it there.`, { cause });
  }
}
