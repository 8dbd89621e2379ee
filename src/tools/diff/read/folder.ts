import { readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { UserError } from "../../../core/errors.ts";
import { filesUnder, unreadable } from "../../../core/folder.ts";
import type { Files } from "../model/model.ts";

/** Reads the files of a folder, or one file, by path inside it; names what cannot be read as the user named it. */
export function readFolder(root: string, label: string): Files {
  let path = root;
  try {
    if (!statSync(root).isDirectory()) return new Map([[basename(root), readFileSync(root, "utf8")]]);
    const files = new Map<string, string>();
    for (path of filesUnder(root)) files.set(relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8"));
    return files;
  } catch (cause) {
    const { path: at = path } = cause as NodeJS.ErrnoException;
    throw new UserError(`${join(label, relative(root, at))} ${unreadable(cause)}.`, { cause });
  }
}
