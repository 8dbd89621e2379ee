import { isUtf8 } from "node:buffer";
import { jsonFault } from "../../core/documents/json-fault.ts";
import { shown } from "../../core/errors.ts";
import type { Refusal } from "../../core/record/rejects.ts";
import { clock } from "../../core/time.ts";
import { bySchema } from "./refusal.ts";
import { type Valid, validLine } from "./valid-line.ts";
import type { Raw } from "./values.ts";

/** Reads one record of `logs.json`; times are wall times of `zone`, `lot` names the load where there is one. */
export function normaliser(zone: string, load?: string): (bytes: Buffer) => Valid | Refusal {
  const toInstant = clock(zone);
  return (bytes) => {
    if (!isUtf8(bytes)) return { code: "encoding", reason: "not valid UTF-8" };
    let raw: unknown;
    const text = bytes.toString();
    try {
      raw = JSON.parse(text);
    } catch {
      return { code: "json", reason: `not valid JSON: ${jsonFault(text) ?? "it cannot be read"}` };
    }
    if (typeof raw !== "object" || raw === null || Array.isArray(raw))
      return { code: "object", reason: `the record is ${shown(raw)}, not an object` };
    const source = { zone, load, toInstant, text, escaped: text.includes("\\") };
    return validLine(raw as Raw, source) ?? bySchema(raw as Raw, source);
  };
}
