import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { legendOf, statsOf, tableOf } from "./readings.ts";
import { at, BUILD, panel, parameters, settled, shared } from "./support.ts";

const HEALTH = "/d/1-ingestion-health?from=now-6h&to=now";
const open = shared();

describe("a dashboard", () => {
  test("stands in 24 columns, where its file says", async () => {
    const { page } = await open(HEALTH);
    const boxes = await page.evaluate(
      `[...document.querySelectorAll(".panel")].map((one) => {
        const { left, top, width } = one.getBoundingClientRect();
        return [Number(one.dataset.panel), left, top, width];
      })`,
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
  });

  test("shows a description when its sign is pointed at or has the focus", async () => {
    const { page } = await open(HEALTH);
    const text = panel(page, 3).getByRole("tooltip");
    expect(await text.isVisible()).toBe(false);
    await panel(page, 3).locator(".info").hover();
    expect(await text.innerText()).toContain("Échecs ÷ exécutions");
    await page.mouse.move(0, 0);
    await panel(page, 3).locator(".info").focus();
    expect(await text.isVisible()).toBe(true);
  });

  test("narrows to the chosen sources, with the keyboard too; links keep range and choice", async () => {
    const { page } = await open(HEALTH);
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
    await page.locator(".dashboard-links").click();
    await page.getByRole("link", { name: "2 · Erreurs et engagements" }).last().click();
    await page.waitForURL(/2-errors-slas/);
    await settled(page);
    expect(at(page).searchParams.getAll("var-source").sort()).toEqual(["Efficy", "zohocrm"]);
    expect(parameters(page)).toMatchObject({ from: "now-6h", to: "now" });
    await page.goBack();
    await settled(page);
    expect(at(page).pathname).toBe("/d/1-ingestion-health");
  });

  test("leads from a source to its records over the same range", async () => {
    const { page } = await open(HEALTH);
    await panel(page, 7).getByRole("link", { name: "zohobooks" }).click();
    await page.waitForURL(/4-logs-debugging/);
    await settled(page);
    expect(parameters(page)).toEqual({ from: "now-6h", to: "now", "var-source": "zohobooks" });
    const { head, rows } = await tableOf(page, 1);
    expect(new Set(rows.map((row) => row[head.indexOf("Source")]))).toEqual(new Set(["zohobooks"]));
  });

  test("refreshes by its button and by itself, keeping what a reader sorted", async () => {
    const { page } = await open(`${HEALTH}&refresh=`);
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/panel")) asked.push(request.url());
    });
    await panel(page, 7).getByRole("button", { name: "Source", exact: true }).click();
    const before = await tableOf(page, 7);
    await page.getByRole("button", { name: "⟳ Actualiser" }).click();
    await expect.poll(() => asked.length).toBe(1);
    await settled(page);
    expect(await tableOf(page, 7)).toEqual(before);
    await page.getByLabel("Actualiser toutes les").selectOption("5s");
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThan(2);
  });
});
