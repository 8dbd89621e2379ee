import { createHash } from "node:crypto";
import { DiffError } from "../errors.ts";
import type { Json } from "../json.ts";
import { byText } from "../order.ts";
import type { Files, State } from "./model.ts";
import { documentsOf } from "./parse.ts";
import { recognise } from "./recognise.ts";

const FOLDERS = /^(?:.*\/)?(?:dashboards|alerting|datasources|access-control|plugins|notifiers)\//;
/** A file's place inside its folder of Grafana's provisioning: the same in a build folder and in a bare one. */
const placeOf = (path: string) => path.replace(FOLDERS, "");

const MOST_CHARACTERS = 100_000;
/** A file that is neither JSON nor YAML, by its text; a long one, or one that is no text, by its fingerprint. */
const opaque = (text: string): Json =>
  text.length > MOST_CHARACTERS || text.includes("\0") ? { "SHA-256": createHash("sha256").update(text).digest("hex") } : { text };

/** Reads the files of a folder; Markdown is documentation and left out. */
export function stateOf(files: Files): State {
  const found = [...files]
    .filter(([path]) => !/\.md$/i.test(path))
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([path, text]) => {
      const documents = /\.(?:json|ya?ml)$/i.test(path) ? documentsOf(path, text) : [opaque(text)];
      try {
        return documents.map((document) => recognise(placeOf(path), document));
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        throw new DiffError(`${path} is nested too deeply to be read; split it.`, { cause });
      }
    });
  return { dashboards: found.flatMap(({ dashboards }) => dashboards), others: found.flatMap(({ others }) => others) };
}
