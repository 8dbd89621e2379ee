import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import type { Running } from "../../../src/tools/preview/server.ts";
import { dashboards } from "../../support/built.ts";
import { folderOfFile } from "../../support/folder.ts";
import { statsOf, tableOf } from "./readings.ts";
import { browsing, NOW, panel, startPreview } from "./support.ts";

const folder = folderOfFile();
const previews: Running[] = [];
const open = browsing();
afterAll(async () => {
  for (const preview of previews) await preview.stop();
});

/** One run of Efficy that ended so many minutes ago. */
const run = (minutesAgo: number, etat: "SUCCESS" | "FAILED", more: object = {}) => {
  const [day, clock] = new Date(NOW - minutesAgo * 60_000).toISOString().slice(0, 23).split("T") as [string, string];
  const time = `${day.split("-").reverse().join("-")} ${clock}`;
  const fixed = { Entreprise: "akonovia", Zone: "1-Raw", Source: "Efficy", Objet: "contacts" };
  return JSON.stringify({ ...fixed, Etat: etat, Debut: time, Fin: time, ...more });
};
async function previewOf(...lines: readonly string[]): Promise<string> {
  const logs = join(folder, `${previews.length}.json`);
  writeFileSync(logs, lines.join("\n"));
  previews.push(await startPreview({ logs }));
  return previews.at(-1)!.url;
}
const bodies = (page: Page) =>
  page.evaluate(
    `Object.fromEntries([...document.querySelectorAll(".panel")].map((one) => [one.querySelector("h2").textContent, one.querySelector(".panel-body").innerText.trim()]))`,
  );

/** What stands on a panel without runs, where it is not "aucune exécution". */
const WORDS: Readonly<Record<string, string>> = {
  Succès: "aucun succès",
  Échecs: "aucun échec",
  "Dernières erreurs": "aucun échec",
  MTTR: "aucun rétablissement",
  Enregistrements: "aucun enregistrement",
};
test.each(dashboards.map(({ uid, panels }) => ({ uid, titles: panels.map(({ title }) => title) })))(
  "a range without any run is told in words on $uid",
  async ({ uid, titles }) => {
    const { page } = await open(`${await previewOf(run(60 * 24 * 40, "SUCCESS"))}/d/${uid}?from=now-6h&to=now`);
    const words = titles.map((title) => [title, WORDS[title] ?? "aucune exécution"]);
    expect(await bodies(page)).toEqual(Object.fromEntries(words));
  },
);

test("no failure is green and in words; one is red, beside the name of its source", async () => {
  const colorOf = (page: Page) =>
    page.evaluate(`getComputedStyle(document.querySelector('[data-panel="2"] .stat-value')).color`) as Promise<string>;
  const channels = (color: string) => color.match(/\d+/g)!.map(Number) as [number, number, number];
  const { page: good } = await open(`${await previewOf(run(10, "SUCCESS"))}/d/1-ingestion-health?from=now-6h&to=now`);
  expect((await statsOf(good, 2)).map(({ name, text }) => [name, text])).toEqual([["", "aucun échec"]]);
  const [red, green] = channels(await colorOf(good));
  expect(green).toBeGreaterThan(red);
  const { page: bad } = await open(`${await previewOf(run(10, "FAILED"))}/d/1-ingestion-health?from=now-6h&to=now`);
  expect((await statsOf(bad, 2)).map(({ name, text }) => [name, text])).toEqual([
    ["Total", "1"],
    ["Efficy", "1"],
  ]);
  const [redder, lessGreen] = channels(await colorOf(bad));
  expect(redder).toBeGreaterThan(lessGreen);
});

test("no table runs out of its panel at 1366 pixels, and a long description opens", async () => {
  const why = "401 Client Error: Unauthorized for url: https://example.org/".padEnd(400, "x");
  const url = await previewOf(run(10, "FAILED", { Description: why, "Duree secondes": 3.25 }), run(20, "SUCCESS"));
  for (const uid of ["1-ingestion-health", "4-logs-debugging"]) {
    const { page } = await open(`${url}/d/${uid}?from=now-6h&to=now`, {
      viewport: { width: 1366, height: 900 },
    });
    const over = await page.evaluate(
      `[...document.querySelectorAll(".table")].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.getAttribute("aria-label"))`,
    );
    expect(over).toEqual([]);
    const id = uid === "1-ingestion-health" ? 8 : 1;
    expect((await tableOf(page, id)).head).not.toContain("Ligne");
    await panel(page, id).locator(".cell-open").first().click();
    expect(await page.locator("dialog pre").innerText()).toBe(why);
  }
});
