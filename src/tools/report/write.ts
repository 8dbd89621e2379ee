import { join } from "node:path";
import { UserError } from "../../core/errors.ts";
import { writeAll } from "../../core/write.ts";

/** Writes all files into a folder, by their names in it, or none. */
export function writeInto(folder: string, files: ReadonlyMap<string, string>): void {
  try {
    writeAll(new Map([...files].map(([name, content]) => [join(folder, name), content])));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new UserError(`Cannot write to ${folder} (${code ?? message}); name another folder with --out.`, { cause });
  }
}
