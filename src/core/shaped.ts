import { readFileSync } from "node:fs";
import type { ZodType } from "zod";

/** What a text holds as JSON, of a shape; `undefined` where it holds something else. */
export function shaped<T>(shape: ZodType<T>, text: string): T | undefined {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The same of a file, which may not be there. */
export function shapedFile<T>(shape: ZodType<T>, file: string): T | undefined {
  try {
    return shaped(shape, readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
