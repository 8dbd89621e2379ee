import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../core/errors.ts";

/** Writes all files into a folder, which is made where it does not exist, or none. */
export function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  const staged = [...files].map(([name, content]) => ({
    path: join(folder, name),
    temporary: join(folder, `.${name}.tmp-${process.pid}`),
    content,
  }));
  const begun: string[] = [];
  try {
    mkdirSync(folder, { recursive: true });
    for (const { temporary, content } of staged) {
      const file = openSync(temporary, "wx");
      begun.push(temporary);
      try {
        writeFileSync(file, content);
      } finally {
        closeSync(file);
      }
    }
    for (const { temporary, path } of staged) renameSync(temporary, path);
  } catch (cause) {
    for (const temporary of begun) rmSync(temporary, { force: true });
    throw new UserError(
      `Cannot write to ${folder} (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}); name another folder with --out.`,
      {
        cause,
      },
    );
  }
}
