import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { UserError } from "../../../core/errors.ts";
import type { Files } from "../model/model.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist; check its name",
  EACCES: "may not be read; check its permissions",
};
const isSkipped = (name: string) => name.startsWith(".") || name === "node_modules";

const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (isSkipped(entry.name)) return [];
    const path = join(folder, entry.name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });

/** Reads the files of a folder, or one file, by their path inside it; what cannot be read is named, by the name that the user gave. */
export function readFolder(root: string, label: string): Files {
  let path = root;
  try {
    if (!statSync(root).isDirectory()) return new Map([[basename(root), readFileSync(root, "utf8")]]);
    const files = new Map<string, string>();
    for (path of walk(root)) files.set(relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8"));
    return files;
  } catch (cause) {
    const { code, message, path: at = path } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    const name = join(label, relative(root, at));
    throw new UserError(`${name} ${REASONS[code] ?? `cannot be read (${message.split("\n", 1)[0]}); check it`}.`, {
      cause,
    });
  }
}
