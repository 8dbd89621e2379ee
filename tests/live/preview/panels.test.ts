import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chartOf, tableOf } from "./readings.ts";
import { panel, settled, shared } from "./support.ts";

const HEALTH = "/d/1-ingestion-health?from=now-6h&to=now";
const open = shared();

describe("a panel", () => {
  test("shows one series alone, hides one, and shows all again", async () => {
    const { page } = await open(HEALTH);
    const names = async () => (await chartOf(page, 4)).series.map(({ name }) => name);
    const all = await names();
    const series = panel(page, 4).locator(".series");
    await series.filter({ hasText: "PowerBI" }).click();
    expect(await names()).toEqual(["PowerBI"]);
    await series.filter({ hasText: "PowerBI" }).click();
    expect(await names()).toEqual(all);
    await series.filter({ hasText: "Efficy" }).click({ modifiers: ["Control"] });
    expect(await names()).toEqual(all.filter((name) => name !== "Efficy"));
  });

  test("hides its annotations, and says what stands at a moment", async () => {
    const { page } = await open(HEALTH);
    expect((await chartOf(page, 6)).events.length).toBeGreaterThan(0);
    const box = (await panel(page, 6).locator("canvas").boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.97, box.y + 60);
    await page.locator(".tip").first().waitFor();
    expect(await page.locator(".tip").first().innerText()).toMatch(/2026-11-27 11:[\s\S]*SUCCESS/);
    await page.getByRole("switch", { name: "Échecs" }).uncheck();
    await settled(page);
    expect((await chartOf(page, 6)).events).toEqual([]);
  });

  test("marks failures on one chart, where a reader wants them", async () => {
    const { page } = await open(`/d/2-errors-slas?from=now-6h&to=now`);
    const marks = async () => (await chartOf(page, 1)).events.length;
    expect(await marks()).toBe(0);
    await page.getByRole("switch", { name: "Échecs" }).check();
    await settled(page);
    expect(await marks()).toBeGreaterThan(0);
    await page.getByRole("switch", { name: "Échecs" }).uncheck();
    await settled(page);
    expect(await marks()).toBe(0);
    await page.goto(new URL(HEALTH, page.url()).href);
    await settled(page);
    expect((await chartOf(page, 4)).events).toEqual([]);
    await page.goto(new URL("/d/4-logs-debugging", page.url()).href);
    await settled(page);
    expect(await page.getByRole("switch").count()).toBe(0);
  });

  /** What a panel gives as CSV, in cells without commas. */
  async function csvOf(page: Page, id: number): Promise<readonly (readonly string[])[]> {
    await panel(page, id).locator(".panel-menu").click();
    await panel(page, id).getByRole("button", { name: "Données et requêtes" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Télécharger le CSV" }).click(),
    ]);
    const text = readFileSync((await download.path())!, "utf8").replace("\ufeff", "");
    return text.split("\r\n").map((line) => line.split(","));
  }

  test("gives all series of a chart as CSV, a row for each time", async () => {
    const { page } = await open(HEALTH);
    const { series } = await chartOf(page, 4);
    const [head, ...rows] = await csvOf(page, 4);
    expect(head).toEqual(["Temps", ...series.map(({ name }) => name)]);
    for (const [place, { name, data }] of series.entries()) {
      const filled = rows.filter((row) => row[place + 1] !== "");
      const points = filled.map((row) => [Date.parse(row[0]!), Number(row[place + 1])]);
      expect([name, points]).toEqual([name, data.filter(([, value]) => value !== null)]);
    }
  });

  test("enlarges one panel, shows its data, gives them as CSV", async () => {
    const { page } = await open(HEALTH);
    const [head, ...lines] = await csvOf(page, 7);
    const { rows } = await tableOf(page, 7);
    expect([head, lines.length]).toEqual([["Source", "Exécutions", "Taux de succès", "Durée p95"], rows.length]);
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
  });

  test("sorts and filters a table, and searches records", async () => {
    const { page } = await open(`/d/4-logs-debugging?from=now-6h&to=now`);
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
  });
});
