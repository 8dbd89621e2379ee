import { lstatSync, readlinkSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where a path leads if it is a symbolic link, dangling or not. */
export function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    // Nothing is there: nothing leads elsewhere.
    return undefined;
  }
}

/** The first link among a folder and the folders of these files: what is written or removed through it is elsewhere. */
export function linkAmong(folder: string, files: Iterable<string>): string | undefined {
  const folders = new Set(["."]);
  for (const file of files) for (let at = dirname(file); at !== "."; at = dirname(at)) folders.add(at);
  return [...folders]
    .sort()
    .map((inner) => join(folder, inner))
    .find((path) => linkTarget(path) !== undefined);
}
