/** What GitHub would turn into a mention, a reference or a link, even in an escaped text. */
const LIVELY = /@|#\d|GH-\d|:\/\/|www\./i;
export const isLively = (text: string): boolean => LIVELY.test(text);

/** A code span that no content can end: its fence is longer than any run of backticks inside. */
export function code(text: string): string {
  if (text === "") return "` `";
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** A text of one line that shows as it is: no Markdown, HTML, mention or link comes out of it. */
export const escaped = (text: string): string =>
  isLively(text) ? code(text) : text.replace(/[\\`*_[\]<|~&#$^!{}]/g, "\\$&");

/** A block of code that no content can end, indented to stand in a list. */
export function block(text: string, indent: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [fence, ...text.split(/\r?\n|\r/), fence].map((line) => `${indent}${line}`).join("\n");
}

type Alignment = "---" | "--:";
const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** A table of cells that are Markdown already; each column stands to the left, or as `alignment` says for its place. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { alignment = () => "---" }: Readonly<{ alignment?: (column: number) => Alignment }> = {},
): string => [line(head), line(head.map((_, column) => alignment(column))), ...rows.map(line)].join("\n");
