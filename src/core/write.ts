import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Writes a new file, which `begun` is told of before anything is in it. */
function written({ path, content }: Readonly<{ path: string; content: string | Buffer }>, begun: () => void): void {
  const file = openSync(path, "wx");
  begun();
  try {
    writeFileSync(file, content);
  } finally {
    closeSync(file);
  }
}

/** Writes all files, by their paths, or none; folders are made where they are missing. Throws what the system said. */
export function writeAll(files: ReadonlyMap<string, string | Buffer>): void {
  const staged = [...files].map(([path, content]) => {
    return { path, content, temporary: join(dirname(path), `.${basename(path)}.tmp-${process.pid}`) };
  });
  const begun: string[] = [];
  try {
    for (const { temporary, content } of staged) {
      mkdirSync(dirname(temporary), { recursive: true });
      written({ path: temporary, content }, () => begun.push(temporary));
    }
    // One rename per file keeps every folder in place: a container that mounts it sees the new files.
    for (const { temporary, path } of staged) renameSync(temporary, path);
  } catch (cause) {
    for (const temporary of begun) rmSync(temporary, { force: true });
    throw cause;
  }
}

/** The same into a folder, by their names in it. */
export const writeInto = (folder: string, files: ReadonlyMap<string, string | Buffer>): void =>
  writeAll(new Map([...files].map(([name, content]) => [join(folder, name), content])));
