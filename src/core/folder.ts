import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { sortedBy } from "./order.ts";

const isSkipped = (name: string) => name.startsWith(".") || name === "node_modules";

/**
 * The files under a folder, by their names; hidden ones, libraries and links that lead nowhere are left out, and so is
 * a folder in itself, to which a link leads back.
 */
export function filesUnder(folder: string, within: readonly string[] = []): readonly string[] {
  const own = realpathSync(folder);
  if (within.includes(own)) return [];
  const names = readdirSync(folder).filter((name) => !isSkipped(name));
  return sortedBy(names, (name) => name).flatMap((name) => {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) return filesUnder(path, [...within, own]);
    return found?.isFile() ? [path] : [];
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist; check its name",
  EACCES: "may not be read; check its permissions",
};

/** What is wrong with a file that the system does not read, to follow its name; throws any other error again. */
export function unreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return REASONS[code] ?? `cannot be read (${message.split("\n", 1)[0]}); check it`;
}
