import { expect, test } from "vitest";
import { expectSays } from "./readings.ts";
import { names, shownRows, threeWeeks } from "./three-weeks.ts";

/** A cell as Markdown shows it: in code only a bar is escaped. */
function plain(cell: string): string {
  const text = cell.replace(/^\*\*(.*)\*\* ▲$/, "$1");
  const code = /^(`+) ?(.*?) ?\1$/.exec(text);
  return code ? code[2]!.replaceAll("\\|", "|") : text.replace(/\\(.)/g, "$1");
}

test("every Markdown table says what its CSV says, whatever the texts hold", async () => {
  const made = await threeWeeks();
  const sections = made.files
    .get(".md")!
    .split(/^### .*$/m)
    .slice(1);
  const tables = sections.map((section) => section.split("\n").filter((line) => line.startsWith("| ")));
  expect(tables).toHaveLength(names.length);
  for (const [place, [, , ...lines]] of tables.entries()) {
    const wanted = shownRows(made, names[place]!);
    expect(lines.length).toBe(Math.min(60, wanted.length));
    for (const [line, text] of lines.entries()) {
      const cells = text.slice(2, -2).split(/(?<!\\) \| /);
      expect(cells.length).toBe(wanted[line]!.length);
      for (const [index, cell] of cells.entries())
        expectSays(plain(cell), wanted[line]![index]!, `${names[place]} ${line} ${index}`);
    }
  }
});
