import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Opened as OpenedFile } from "./finding.ts";
import { readQueries } from "./sources/read.ts";

type Unusable = Readonly<{ file: string; reason: string }>;
export type Opened = Readonly<{ files: readonly OpenedFile[]; unusable: readonly Unusable[] }>;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist; check its name",
  EACCES: "may not be read; check its permissions",
};
const isSkipped = (name: string) => name.startsWith(".") || name === "node_modules";

/** The files under a folder that may hold queries, in the order of their names. */
const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !isSkipped(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return /\.(?:json|ya?ml|logql)$/i.test(entry.name) ? [path] : [];
    });

/** Reads files, and folders with all that they contain; of a folder, what cannot be read is passed over with a remark. */
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
      if (statSync(path).isDirectory()) for (const file of walk(path)) one(file, "folder");
      else one(path, "named");
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      unusable.push({ file: path, reason: REASONS[code] ?? `cannot be read (${message.split("\n", 1)[0]}); check it` });
    }
  }
  return { files, unusable };
}
