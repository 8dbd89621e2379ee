import { stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { detail, orSay, UserError } from "../../core/errors.ts";

/** What kind of address this is; throws a `UserError` for one that cannot be read. */
export function kindOf(from: string): "stdin" | "s3" | "local" {
  if (from === "-") return "stdin";
  if (from.startsWith("s3://")) return "s3";
  if (!from.startsWith("file://") && /^[a-z][a-z0-9+.-]+:\/\//i.test(from))
    throw new UserError(`${from} cannot be read: only s3:// addresses, local files and - (standard input) can.`);
  return "local";
}

/** The path of a local file; throws a `UserError` for a `file://` that names none. */
export const pathOf = (from: string): string =>
  orSay(
    () => (from.startsWith("file://") ? fileURLToPath(from) : from),
    (error) => `${from} names no file of this machine (${detail(error)}); write file:///folder/file, or its path.`,
  );

/** What the addresses of all inputs of a prefix or a folder begin with; `undefined` where there can be only one. */
export async function addressOfAll(from: string): Promise<string | undefined> {
  if (kindOf(from) !== "local") return from.endsWith("/") ? from : undefined;
  const isFolder = await stat(pathOf(from)).then(
    (found) => found.isDirectory(),
    () => from.endsWith("/"),
  );
  return isFolder ? `${pathToFileURL(path.resolve(pathOf(from))).href}/` : undefined;
}

/** The name of a load, when none is given: the input's file name without extension. */
export const loadName = (from: string): string =>
  from === "-" ? "stdin" : path.parse(path.basename(from).replace(/\.gz$/i, "")).name;
