import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { detail, orSay } from "./errors.ts";

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

/** The folder itself, or the nearest above it that is there. */
const standing = (folder: string): string => (existsSync(folder) ? folder : standing(dirname(folder)));

/**
 * What writes files into a folder, all by their names in it or none; `option` is what its user wrote.
 * A folder that takes no file is refused at once, before the work that makes them.
 */
export function writerInto(folder: string, option: string): (files: ReadonlyMap<string, string | Buffer>) => void {
  const orRefuse = (work: () => void) =>
    orSay(work, (error) => `${option} cannot be written (${detail(error)}); name another place.`);
  // No file has a folder's dot.
  orRefuse(() => accessSync(`${standing(folder)}/.`, constants.W_OK));
  return (files) =>
    orRefuse(() => writeAll(new Map([...files].map(([name, content]) => [join(folder, name), content]))));
}
