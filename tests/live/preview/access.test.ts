import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { settled, shared } from "./support.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const HEALTH = "/d/1-ingestion-health?from=now-6h&to=now";

const open = shared();

/** What axe finds that is serious or worse: rule and place. */
async function serious(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run(document).then(({ violations }) => violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ target, any }) => [id, ...target, any[0]?.message ?? ""].join(" "))))`,
  );
}

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
      const { page, faults, foreign } = await open(path, { colorScheme });
      expect(await page.evaluate("document.documentElement.dataset.theme")).toBe(colorScheme);
      expect(await serious(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.lang")).toBe("fr");
      expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
    },
  );

  test("changes between dark and light and remembers it", async () => {
    const { page } = await open(HEALTH, { colorScheme: "dark" });
    await page.getByRole("button", { name: "☀ Clair" }).click();
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("light");
    await page.reload();
    await settled(page);
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("light");
  });

  test("nothing runs out of a narrow screen", async () => {
    const { page } = await open(HEALTH, { viewport: { width: 420, height: 900 } });
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });
});
