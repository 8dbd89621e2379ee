import type { createColors } from "picocolors";
import { sum } from "../../core/numbers.ts";
import { plural } from "../../core/printable.ts";
import { visible, visibleJson } from "../../core/visible.ts";
import type { Opened } from "./files.ts";
import type { Finding } from "./finding.ts";
import type { FileRemark, Linted } from "./lint.ts";

type Colours = ReturnType<typeof createColors>;
const flat = ({ file, line, column, rule, message, suggestion }: Finding) =>
  visible(`${file}:${line}:${column} ${rule}: ${message} — ${suggestion}`);

/** One finding a line, for programs and editors. */
export const plain = (findings: readonly Finding[]): string => findings.map((finding) => `${flat(finding)}\n`).join("");

/** The findings under the name of their file, for a terminal. */
export function grouped(findings: readonly Finding[], { bold, dim, red, cyan }: Colours): string {
  const files = [...new Set(findings.map(({ file }) => file))];
  const lines = files.flatMap((file) => [
    bold(visible(file)),
    ...findings
      .filter((finding) => finding.file === file)
      .map(
        ({ line, column, rule, message, suggestion }) =>
          `  ${dim(`${visible(file)}:`)}${line}:${column} ${red(rule)}: ${visible(message)} ${cyan(`— ${visible(suggestion)}`)}`,
      ),
    "",
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

/** What was looked at, in one line. */
export function summary({ files }: Opened, findings: readonly Finding[]): string {
  const queries = sum(files.map((file) => file.queries.length));
  return `${plural(files.length, "file")}, ${plural(queries, "query")}: ${findings.length === 0 ? "nothing found" : plural(findings.length, "finding")}`;
}

/** What was passed over, in one sentence. */
export const passedOver = ({ file, line, column, text }: FileRemark): string =>
  line === undefined ? `${file} ${text}: passed over.` : `${file}:${line}:${column} ${text}: passed over.`;

/** Everything as one JSON object. */
export function asJson({ files, unusable }: Opened, { findings, remarks }: Linted): string {
  const read = files.map(({ file, queries }) => ({ file, queries: queries.length }));
  return visibleJson(`${JSON.stringify({ files: read, findings, remarks, unusable }, null, 2)}\n`);
}
