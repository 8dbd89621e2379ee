import { expect, test } from "vitest";
import { expectSays } from "./readings.ts";
import { names, shownRows, threeWeeks } from "./three-weeks.ts";

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
      const plain = (cell: string) => cell.replace(/^\*\*(.*)\*\* ▲$/, "$1").replace(/\\(.)/g, "$1");
      for (const [index, cell] of cells.entries()) expectSays(plain(cell), wanted[line]![index]!, `${names[place]} ${line} ${index}`);
    }
  }
});
