import { describe, expect, test } from "vitest";
import { chartOf } from "./readings.ts";
import { NOW, panel, parameters, settled, shared } from "./support.ts";

const HEALTH = "/d/1-ingestion-health?from=now-6h&to=now";
const open = shared();

describe("the range of a dashboard", () => {
  test("takes a range by dragging over a chart, and goes back", async () => {
    const { page } = await open(HEALTH);
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
  });

  test("takes quick and exact ranges, steps and widens them", async () => {
    const { page } = await open(HEALTH);
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
  });
});
