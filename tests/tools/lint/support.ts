import type { About } from "../../../src/tools/lint/finding.ts";
import { judge, lint } from "../../../src/tools/lint/lint.ts";
import { OTHER } from "../../../src/tools/lint/sources/queries.ts";
import { type Read, readQueries } from "../../../src/tools/lint/sources/read.ts";

const options = { disabled: new Set<string>(), delay: 30 };
/** A query by itself, judged by all rules but some. */
export const judged = (text: string, about: About = OTHER, ...disabled: readonly string[]) =>
  judge(text, about, { ...options, disabled: new Set(disabled) });
export const faultsOf = (...query: Parameters<typeof judged>) => judged(...query).faults;

/** What a file that can be read holds. */
export function contents(text: string): Exclude<Read, { unusable: string }> {
  const read = readQueries(text);
  if ("unusable" in read) throw new Error(read.unusable);
  return read;
}
/** The findings of some files together. */
export const findingsIn = (...texts: readonly string[]) =>
  lint(
    texts.map((text, index) => ({ file: `${index}`, ...contents(text) })),
    options,
  ).findings;
