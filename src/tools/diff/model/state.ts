import { createHash } from "node:crypto";
import { jsonFault } from "../../../core/documents/json-fault.ts";
import { type Read, readValues } from "../../../core/documents/read.ts";
import { UserError } from "../../../core/errors.ts";
import { byText } from "../../../core/order.ts";
import type { Json } from "../json.ts";
import type { Files, State } from "./model.ts";
import { type Found, recognise } from "./recognise.ts";
import { textWithoutSecrets } from "./secrets.ts";

const FOLDERS = /^(?:.*\/)?(?:dashboards|alerting|datasources|access-control|plugins|notifiers)\//;
/** A file's place inside its folder of Grafana's provisioning: the same in a build folder and in a bare one. */
const placeOf = (path: string) => path.replace(FOLDERS, "");

const MOST_CHARACTERS = 100_000;
/** A file that is neither JSON nor YAML, by its text; a long one, or one that is no text, by its fingerprint. */
const opaque = (text: string): Json =>
  text.length > MOST_CHARACTERS || text.includes("\0")
    ? { "SHA-256": createHash("sha256").update(text).digest("hex") }
    : { text };

/** What was read of each text: the same in two states is read once. */
export type Cache = Map<string, Read>;

function readOnce(text: string, format: "json" | "yaml", cache: Cache): Read {
  const key = `${format} ${text}`;
  const read = cache.get(key) ?? (text.trim() === "" ? { documents: [] } : readValues(text, format));
  cache.set(key, read);
  return read;
}

type OfFile = Found & Readonly<{ unread?: string }>;

function ofFile(path: string, original: string, cache: Cache): OfFile {
  const format = /\.json$/i.test(path) ? "json" : /\.ya?ml$/i.test(path) ? "yaml" : undefined;
  if (!format) return recognise(placeOf(path), opaque(original));
  const text = original.replace(/^\uFEFF/, "");
  const read = readOnce(text, format, cache);
  if ("error" in read) {
    const place = read.place ? `, line ${read.place.line}` : "";
    const why = (format === "json" ? jsonFault(text) : undefined) ?? `${read.error}${place}`;
    if (read.refused) throw new UserError(`${path} cannot be taken (${read.error}); mend it or split it.`);
    return {
      ...recognise(placeOf(path), opaque(textWithoutSecrets(text))),
      unread: `${path} is not valid ${format.toUpperCase()} (${why}): it is compared as text.`,
    };
  }
  const found = read.documents
    .filter(({ value }) => value !== null)
    .map(({ value }) => recognise(placeOf(path), value));
  return { dashboards: found.flatMap(({ dashboards }) => dashboards), others: found.flatMap(({ others }) => others) };
}

/** Reads the files of a folder; Markdown is documentation and left out. What is no JSON or YAML is told in `unread`. */
export function stateOf(files: Files, cache: Cache = new Map()): State {
  const found = [...files]
    .filter(([path]) => !/\.md$/i.test(path))
    .sort(([a], [b]) => byText(a, b))
    .map(([path, text]): OfFile => {
      try {
        return ofFile(path, text, cache);
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        throw new UserError(`${path} is nested too deeply to be read; split it.`, { cause });
      }
    });
  return {
    dashboards: found.flatMap(({ dashboards }) => dashboards),
    others: found.flatMap(({ others }) => others),
    unread: found.flatMap(({ unread }) => unread ?? []),
  };
}
