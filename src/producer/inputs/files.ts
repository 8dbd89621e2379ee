import type { Stats } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { InputError } from "../../core/errors.ts";
import { unreadable } from "../../core/folder.ts";
import { byName, type Input } from "./input.ts";

/** Of what is read or copied at a time. */
export const BUFFER = 256 * 1024;

/** A file, or all that is in a folder, in the order of the names; what begins with a dot is left out. */
export async function localInputs(name: string): Promise<readonly Input[]> {
  const found = await readable(name, stat(name));
  if (!found.isDirectory()) return [fileInput(name, found)];
  const isHidden = (file: string) =>
    path
      .relative(name, file)
      .split(path.sep)
      .some((part) => part.startsWith("."));
  const entries = await readable(name, readdir(name, { recursive: true, withFileTypes: true }));
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !isHidden(file));
  // A file that has gone since is not there.
  const inputs = await Promise.all(
    files.map((file) =>
      stat(file).then(
        (stats) => [fileInput(file, stats)],
        () => [],
      ),
    ),
  );
  return inputs.flat().sort(byName);
}

/** What is asked of a file; throws an `InputError` where it cannot be read. */
const readable = <T>(name: string, asked: Promise<T>): Promise<T> =>
  asked.catch((cause) => {
    throw new InputError(`The file ${name} ${unreadable(cause)}.`, { cause });
  });

function fileInput(name: string, found: Stats): Input {
  const openFile = async () => (await readable(name, open(name))).createReadStream({ highWaterMark: BUFFER });
  const address = pathToFileURL(path.resolve(name)).href;
  // A pipe has no content of its own that could be known again.
  if (!found.isFile()) return { name, address, version: undefined, size: undefined, open: openFile, once: true };
  return {
    name,
    address,
    version: `${found.size} bytes at ${found.mtime.toISOString()}`,
    size: found.size,
    modified: found.mtimeMs,
    open: openFile,
  };
}
