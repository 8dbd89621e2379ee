import { createHash } from "node:crypto";
import { jsonFault } from "../../../core/documents/json-fault.ts";
import { formatOf, readValues } from "../../../core/documents/read.ts";
import { UserError } from "../../../core/errors.ts";
import { kept } from "../../../core/kept.ts";
import { sortedBy } from "../../../core/order.ts";
import type { Json } from "../json.ts";
import type { Files, State } from "./model.ts";
import { recognise } from "./recognise.ts";
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

/** The documents of a text in its format; two states share most of their files, and each is read once. */
const documentsOf = {
  json: kept(100, (text) => readValues(text, "json")),
  yaml: kept(100, (text) => readValues(text, "yaml")),
};

function ofFile(original: string, { path, where }: Readonly<{ path: string; where: string }>): State {
  const format = formatOf(path);
  if (format === "text") return recognise(placeOf(path), opaque(original));
  const text = original.replace(/^\uFEFF/, "");
  const read = text.trim() === "" ? { documents: [] } : documentsOf[format](text);
  if ("error" in read) {
    if (read.refused) throw new UserError(`${where} cannot be taken (${read.error}); mend it or split it.`);
    const place = read.place ? `, line ${read.place.line}` : "";
    const why = (format === "json" ? jsonFault(text) : undefined) ?? `${read.error}${place}`;
    const unread = `${where} is not valid ${format.toUpperCase()} (${why}): it is compared as text.`;
    return { ...recognise(placeOf(path), opaque(textWithoutSecrets(text))), unread: [unread] };
  }
  return together(read.documents.flatMap(({ value }) => (value === null ? [] : recognise(placeOf(path), value))));
}

const together = (states: readonly State[]): State => ({
  dashboards: states.flatMap(({ dashboards }) => dashboards),
  others: states.flatMap(({ others }) => others),
  unread: states.flatMap(({ unread = [] }) => unread),
});

/**
 * Reads files, named with `before` in front of their path; Markdown is documentation and left out.
 * What is no JSON or YAML is told in `unread`.
 */
export const stateOf = (files: Files, before = ""): State =>
  together(
    sortedBy([...files], ([path]) => path).flatMap(([path, text]) => {
      if (/\.md$/i.test(path)) return [];
      try {
        return [ofFile(text, { path, where: `${before}${path}` })];
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        throw new UserError(`${before}${path} is nested too deeply to be read; split it.`, { cause });
      }
    }),
  );
