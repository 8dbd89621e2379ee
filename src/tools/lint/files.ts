import { readFileSync, statSync } from "node:fs";
import { filesUnder, unreadable } from "../../core/folder.ts";
import type { Opened as OpenedFile } from "./finding.ts";
import { readQueries } from "./sources/read.ts";

type Unusable = Readonly<{ file: string; reason: string }>;
export type Opened = Readonly<{ files: readonly OpenedFile[]; unusable: readonly Unusable[] }>;

const HOLDS_QUERIES = /\.(?:json|ya?ml|logql)$/i;

/** Reads files, and folders with all that they hold; what cannot be read in a folder is passed over with a remark. */
export function open(paths: readonly string[]): Opened {
  const files: OpenedFile[] = [];
  const unusable: Unusable[] = [];
  const one = (file: string, from: "named" | "folder") => {
    const read = readQueries(readFileSync(file, "utf8"), file);
    if (!("unusable" in read)) files.push({ file, ...read });
    else if (from === "named") unusable.push({ file, reason: read.unusable });
    else files.push({ file, queries: [], findings: [], remarks: [{ text: read.unusable }] });
  };
  for (const path of paths) {
    try {
      if (statSync(path).isDirectory())
        for (const file of filesUnder(path).filter((name) => HOLDS_QUERIES.test(name))) one(file, "folder");
      else one(path, "named");
    } catch (error) {
      unusable.push({ file: path, reason: unreadable(error) });
    }
  }
  return { files, unusable };
}
