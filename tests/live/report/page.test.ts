import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { openedBy, type PageOptions } from "../../support/browser.ts";
import { folderOfFile } from "../../support/folder.ts";
import { expectSays } from "../../tools/report/readings.ts";
import type { Made } from "../../tools/report/support.ts";
import { emptyWeek, names, shownRows, threeWeeks } from "../../tools/report/three-weeks.ts";

const folder = folderOfFile();
const openPage = openedBy();
let made: Made;
let empty: Made;

beforeAll(async () => {
  [made, empty] = [await threeWeeks(), await emptyWeek()];
  writeFileSync(join(folder, "page.html"), made.files.get(".html")!);
  writeFileSync(join(folder, "empty.html"), empty.files.get(".html")!);
});

const open = (file: string, options: PageOptions = {}) => openPage(pathToFileURL(join(folder, file)).href, options);

describe("the page in a browser", () => {
  test.each(["page.html", "empty.html"])("%s loads without a fault and asks nobody for anything", async (file) => {
    const { page, faults, requests } = await open(file);
    expect(faults).toEqual([]);
    expect(requests).toEqual([pathToFileURL(join(folder, file)).href]);
    expect(await page.locator("script").count()).toBe(0);
    expect(await page.locator("h1").innerText()).toBe("Niveaux de service de l'ingestion");
  });

  test("its policy stops a script and a style that were put into it", async () => {
    writeFileSync(
      join(folder, "attacked.html"),
      made.files
        .get(".html")!
        .replace("</main>", '<script>document.title = "x"</script><p id="p" style="color: red">x</p></main>'),
    );
    const { page, faults } = await open("attacked.html");
    expect(faults.filter((fault) => /Content Security Policy/.test(fault))).toHaveLength(2);
    expect(await page.title()).toContain("Niveaux de service");
  });

  test("every table says what its CSV says", async () => {
    const { page } = await open("page.html");
    const tables = await page.evaluate(
      `[...document.querySelectorAll("table")].map((table) => [table.dataset.name, [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent))])`,
    );
    expect((tables as [string, string[][]][]).map(([name]) => name)).toEqual(names);
    for (const [name, rows] of tables as [string, string[][]][]) {
      const wanted = shownRows(made, name);
      expect([name, rows.length]).toEqual([name, Math.min(60, wanted.length)]);
      for (const [line, cells] of rows.entries()) {
        expect(cells.length).toBe(wanted[line]!.length);
        for (const [index, cell] of cells.entries())
          expectSays(cell, wanted[line]![index]!, `${name} ${line} ${index}`);
      }
    }
  });

  test.each([
    [1280, "light"],
    [1280, "dark"],
    [390, "light"],
  ] as const)("%i pixels wide, %s: charts are drawn and named, nothing overflows", async (width, colorScheme) => {
    const { page } = await open("page.html", { viewport: { width, height: 844 }, colorScheme });
    const charts = (await page.evaluate(`[...document.querySelectorAll("figure svg")].map((svg) => {
      const { width, height } = svg.getBoundingClientRect();
      const [title, description] = svg.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent);
      return { width, height, title, description, marks: svg.querySelectorAll("path").length, texts: svg.querySelectorAll("text").length };
    })`)) as Record<string, number | string>[];
    expect(charts.map(({ title }) => title)).toEqual([
      "Exécutions par jour",
      "Taux d'échec par source",
      "Silences au-delà de l'objectif",
      "Durée des exécutions par source",
      "Pics de CPU et de mémoire par source",
    ]);
    for (const chart of charts) {
      expect(chart.width).toBeGreaterThan(300);
      expect(chart.height).toBeGreaterThan(150);
      expect(chart.marks).toBeGreaterThan(10);
      expect(chart.texts).toBeGreaterThan(5);
      expect(String(chart.description).length).toBeGreaterThan(30);
    }
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    const ids = (await page.evaluate(`[...document.querySelectorAll("[id]")].map(({ id }) => id)`)) as string[];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("it prints", async () => {
    const { page } = await open("page.html");
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.length).toBeGreaterThan(50_000);
  });
});
