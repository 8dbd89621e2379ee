import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Running } from "../../../src/tools/preview/server.ts";
import { launchBrowser } from "../report/browser.ts";
import { chartOf, legendOf, statsOf, tableOf } from "./readings.ts";
import { BUILD, NOW, open, settled, startPreview } from "./support.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const HEALTH = "/d/1-ingestion-health?from=now-6h&to=now";

let browser: Browser;
let preview: Running;
beforeAll(async () => {
  browser = await launchBrowser();
  preview = await startPreview();
});
afterAll(async () => {
  await browser?.close();
  await preview?.stop();
});

const at = (page: Page) => new URL(page.url());
const parameters = (page: Page) => Object.fromEntries(at(page).searchParams);
const panel = (page: Page, id: number) => page.locator(`[data-panel="${id}"]`);

/** What axe finds that is serious or worse: rule and place. */
async function serious(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run(document).then(({ violations }) => violations.filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(({ id, nodes }) => nodes.map(({ target, any }) => id + " " + target.join(" ") + " " + (any[0]?.message ?? ""))))`,
  );
}

describe("a dashboard", () => {
  test("stands in 24 columns, where its file says", async () => {
    const { page } = await open(browser, preview.url + HEALTH);
    const boxes = await page.evaluate(
      `[...document.querySelectorAll(".panel")].map((one) => { const { left, top, width } = one.getBoundingClientRect(); return [Number(one.dataset.panel), left, top, width]; })`,
    );
    const of = new Map((boxes as [number, number, number, number][]).map(([id, ...box]) => [id, box]));
    const file = JSON.parse(readFileSync(join(BUILD, "dashboards/1-ingestion-health.json"), "utf8")) as {
      panels: { id: number; gridPos: { x: number; y: number; w: number } }[];
    };
    const width = (await page.evaluate(`document.querySelector(".grid").clientWidth`)) as number;
    const left = of.get(1)![0];
    for (const {
      id,
      gridPos: { x, w },
    } of file.panels) {
      expect(of.get(id)![2] / (width + 8)).toBeCloseTo(w / 24, 1);
      expect((of.get(id)![0] - left) / (width + 8)).toBeCloseTo(x / 24, 1);
    }
    const tops = file.panels.map(({ id, gridPos }) => [gridPos.y, of.get(id)![1]] as const).sort(([a], [b]) => a - b);
    expect(tops.map(([, top]) => top)).toEqual(tops.map(([, top]) => top).sort((a, b) => a - b));
    await page.close();
  });

  test("shows a description when its sign is pointed at or has the focus", async () => {
    const { page } = await open(browser, preview.url + HEALTH);
    const text = panel(page, 3).getByRole("tooltip");
    expect(await text.isVisible()).toBe(false);
    await panel(page, 3).locator(".info").hover();
    expect(await text.innerText()).toContain("Échecs ÷ exécutions");
    await page.mouse.move(0, 0);
    await panel(page, 3).locator(".info").focus();
    expect(await text.isVisible()).toBe(true);
    await page.close();
  });

  test("takes a range by dragging over a chart, and goes back", async () => {
    const { page } = await open(browser, preview.url + HEALTH);
    const box = (await panel(page, 6).locator("canvas").boundingBox())!;
    const { series: before } = await chartOf(page, 6);
    await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 50, { steps: 4 });
    await page.mouse.move(box.x + box.width * 0.75, box.y + 50, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/from=\d+&to=\d+/);
    await settled(page);
    const { from, to } = parameters(page);
    expect((Number(to) - Number(from)) / 21_600_000).toBeCloseTo(0.26, 1);
    expect(Number(to)).toBeLessThan(NOW);
    const [first] = (await chartOf(page, 6)).series;
    expect(first!.data.every(([time]) => time >= Number(from) - 60_000 && time <= Number(to) + 60_000)).toBe(true);
    await page.getByRole("button", { name: "Revenir à la période d'avant" }).click();
    await page.waitForURL(/now-6h/);
    await settled(page);
    expect((await chartOf(page, 6)).series.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    await page.close();
  });

  test("takes quick and exact ranges, steps and widens them", async () => {
    const { page } = await open(browser, preview.url + HEALTH);
    await page.locator("summary.range").click();
    expect(await page.locator(".quick").allInnerTexts()).toEqual(
      expect.arrayContaining(["5 dernières minutes", "30 derniers jours"]),
    );
    await page.getByRole("button", { name: "24 dernières heures" }).click();
    await settled(page);
    expect(parameters(page)).toMatchObject({ from: "now-24h", to: "now" });
    await page.getByRole("button", { name: "Période précédente" }).click();
    await settled(page);
    expect(parameters(page)).toMatchObject({ from: String(NOW - 36 * 3_600_000), to: String(NOW - 12 * 3_600_000) });
    await page.getByRole("button", { name: "Élargir la période" }).click();
    await settled(page);
    expect(parameters(page)).toMatchObject({ from: String(NOW - 48 * 3_600_000), to: String(NOW) });
    await page.locator("summary.range").click();
    await page.getByLabel("De", { exact: true }).fill("2026-11-27T08:00:00");
    await page.getByLabel("À", { exact: true }).fill("2026-11-27T09:30:00");
    await page.getByRole("button", { name: "Appliquer" }).first().click();
    await settled(page);
    expect(parameters(page)).toMatchObject({
      from: String(Date.UTC(2026, 10, 27, 8)),
      to: String(Date.UTC(2026, 10, 27, 9, 30)),
    });
    await page.close();
  });

  test("narrows to the sources chosen in a variable, with the keyboard too, and its links keep range and choice", async () => {
    const { page } = await open(browser, preview.url + HEALTH);
    const all = (await statsOf(page, 1))[0]!.value;
    await page.getByLabel("Source : Tout").focus();
    await page.keyboard.press("Enter");
    await page.locator(".variable").getByLabel("zohocrm", { exact: true }).check();
    await page.locator(".variable").getByLabel("Efficy", { exact: true }).check();
    await page.keyboard.press("Escape");
    await page.waitForURL(/var-source/);
    await settled(page);
    expect(at(page).searchParams.getAll("var-source").sort()).toEqual(["Efficy", "zohocrm"]);
    expect(Number((await statsOf(page, 1))[0]!.value)).toBeLessThan(Number(all));
    expect((await legendOf(page, 4)).map(([name]) => name)).toEqual(["Efficy", "zohocrm"]);
    await page.locator(".dashboard-link").first().click();
    await page.waitForURL(/2-errors-slas/);
    await settled(page);
    expect(at(page).searchParams.getAll("var-source").sort()).toEqual(["Efficy", "zohocrm"]);
    expect(parameters(page)).toMatchObject({ from: "now-6h", to: "now" });
    await page.goBack();
    await settled(page);
    expect(at(page).pathname).toBe("/d/1-ingestion-health");
    await page.close();
  });

  test("leads from a source to its records over the same range", async () => {
    const { page } = await open(browser, preview.url + HEALTH);
    await panel(page, 7).getByRole("link", { name: "zohobooks" }).click();
    await page.waitForURL(/4-logs-debugging/);
    await settled(page);
    expect(parameters(page)).toEqual({ from: "now-6h", to: "now", "var-source": "zohobooks" });
    const { head, rows } = await tableOf(page, 1);
    expect(new Set(rows.map((row) => row[head.indexOf("Source")]))).toEqual(new Set(["zohobooks"]));
    await page.close();
  });

  test("shows one series alone, hides one, and shows all again", async () => {
    const { page } = await open(browser, preview.url + HEALTH);
    const names = async () => (await chartOf(page, 4)).series.map(({ name }) => name);
    const all = await names();
    const series = panel(page, 4).locator(".series");
    await series.filter({ hasText: "PowerBI" }).click();
    expect(await names()).toEqual(["PowerBI"]);
    await series.filter({ hasText: "PowerBI" }).click();
    expect(await names()).toEqual(all);
    await series.filter({ hasText: "Efficy" }).click({ modifiers: ["Control"] });
    expect(await names()).toEqual(all.filter((name) => name !== "Efficy"));
    await page.close();
  });

  test("hides its annotations, and says what stands at a moment", async () => {
    const { page } = await open(browser, preview.url + HEALTH);
    expect((await chartOf(page, 6)).events.length).toBeGreaterThan(0);
    const box = (await panel(page, 6).locator("canvas").boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.97, box.y + 60);
    await page.locator(".tip").first().waitFor();
    expect(await page.locator(".tip").first().innerText()).toMatch(/2026-11-27 11:[\s\S]*SUCCESS/);
    await page.getByRole("switch", { name: "Échecs" }).uncheck();
    await settled(page);
    expect((await chartOf(page, 6)).events).toEqual([]);
    await page.close();
  });

  test("enlarges one panel, shows its data, gives them as CSV", async () => {
    const { page } = await open(browser, preview.url + HEALTH);
    await panel(page, 7).locator(".panel-menu").click();
    await panel(page, 7).getByRole("button", { name: "Données et requêtes" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Télécharger le CSV" }).click(),
    ]);
    const csv = readFileSync((await download.path())!, "utf8");
    const { rows } = await tableOf(page, 7);
    expect(csv.replace("\ufeff", "").split("\r\n")[0]).toBe("Source,Exécutions,Taux de succès,Durée p95");
    expect(csv.split("\r\n")).toHaveLength(rows.length + 1);
    expect(await page.locator("dialog pre").first().innerText()).toContain("[21600s]");
    await page.keyboard.press("Escape");
    await panel(page, 7).locator(".panel-menu").click();
    await panel(page, 7).getByRole("button", { name: "Agrandir" }).click();
    await page.waitForURL(/viewPanel=7/);
    await settled(page);
    expect(await page.locator(".panel").count()).toBe(1);
    await page.keyboard.press("Escape");
    await settled(page);
    expect(await page.locator(".panel").count()).toBe(8);
    await page.close();
  });

  test("sorts and filters a table, and searches records", async () => {
    const { page } = await open(browser, `${preview.url}/d/4-logs-debugging?from=now-6h&to=now`);
    const column = async (name: string) => {
      const { head, rows } = await tableOf(page, 1);
      return rows.map((row) => row[head.indexOf(name)]!);
    };
    await panel(page, 1).getByRole("button", { name: "Source", exact: true }).click();
    const sorted = await column("Source");
    expect(sorted).toEqual([...sorted].sort((a, b) => b.localeCompare(a, "fr")));
    await panel(page, 1).getByLabel("Filtrer État").click();
    await panel(page, 1).getByLabel("SUCCESS", { exact: true }).uncheck();
    await panel(page, 1).getByRole("button", { name: "Appliquer" }).click();
    expect(new Set(await column("État"))).toEqual(new Set(["FAILED"]));
    await panel(page, 1).getByLabel("Filtrer État").click();
    await panel(page, 1).getByRole("button", { name: "Effacer" }).click();
    await page.getByLabel("Recherche").fill("TimeLOGS");
    await page.waitForURL(/var-recherche=TimeLOGS/);
    await settled(page);
    const objects = await column("Objet");
    expect(objects.length).toBeGreaterThan(0);
    expect(new Set(objects)).toEqual(new Set(["Timelogs"]));
    await page.close();
  });

  test("refreshes by its button and by itself, keeping what a reader sorted", async () => {
    const { page } = await open(browser, `${preview.url + HEALTH}&refresh=`);
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/panel")) asked.push(request.url());
    });
    await panel(page, 7).getByRole("button", { name: "Source", exact: true }).click();
    const before = await tableOf(page, 7);
    await page.getByRole("button", { name: "⟳ Actualiser" }).click();
    await expect.poll(() => asked.length).toBe(8);
    await settled(page);
    expect(await tableOf(page, 7)).toEqual(before);
    await page.getByLabel("Actualiser toutes les").selectOption("5s");
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThan(16);
    await page.close();
  });
});

describe("every page", () => {
  const paths = [
    "/d/1-ingestion-health",
    "/d/2-errors-slas",
    "/d/3-performance-resource",
    "/d/4-logs-debugging",
    "/alertes",
  ];
  test.each(paths.flatMap((path) => (["dark", "light"] as const).map((colorScheme) => ({ path, colorScheme }))))(
    "$path in the $colorScheme is free of serious faults of access",
    async ({ path, colorScheme }) => {
      const { page, faults, foreign } = await open(browser, preview.url + path, { colorScheme });
      expect(await page.evaluate("document.documentElement.dataset.theme")).toBe(colorScheme);
      expect(await serious(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.lang")).toBe("fr");
      expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
      await page.close();
    },
  );

  test("changes between dark and light and remembers it", async () => {
    const { page } = await open(browser, preview.url + HEALTH, { colorScheme: "dark" });
    await page.getByRole("button", { name: "☀ Clair" }).click();
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("light");
    await page.reload();
    await settled(page);
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("light");
    await page.close();
  });

  test("nothing runs out of a narrow screen", async () => {
    const { page } = await open(browser, preview.url + HEALTH, { viewport: { width: 420, height: 900 } });
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await page.close();
  });
});

describe("other folders", () => {
  test("what the preview does not draw is named on its panel; a change of the files shows at once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "preview-"));
    cpSync(join(BUILD, "dashboards/1-ingestion-health.json"), join(folder, "one.json"));
    const file = join(folder, "one.json");
    const dashboard = JSON.parse(readFileSync(file, "utf8")) as {
      panels: { type: string; options: Record<string, unknown> }[];
    };
    dashboard.panels[0]!.type = "gauge";
    dashboard.panels[1]!.options.graphMode = "area";
    writeFileSync(file, JSON.stringify(dashboard));
    const other = await startPreview({ sample: true }, folder);
    const { page } = await open(browser, other.url + HEALTH);
    expect(await panel(page, 1).locator(".not-shown").innerText()).toBe("Pas montré : le type de panneau « gauge »");
    expect(await panel(page, 1).locator(".panel-body").innerText()).toBe("");
    expect(await panel(page, 2).locator(".not-shown").innerText()).toBe('Pas montré : option graphMode = "area"');
    await page.close();
    await other.stop();
    rmSync(folder, { recursive: true });
  });
});
