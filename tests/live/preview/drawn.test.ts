import { expect, test } from "vitest";
import { shared } from "./support.ts";

const open = shared();

/**
 * What stands on the page as soon as it says that all of it is drawn, without the numbers that charts give themselves.
 */
async function drawn(path: string): Promise<string> {
  const { page } = await open(`${path}?from=now-24h&to=now`);
  const canvases = `[...document.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL()).join("\\n")`;
  const markup = await page.evaluate(`document.body.innerHTML + ${canvases}`);
  return String(markup).replace(/_echarts_instance_="[^"]*"|zr\d+-[\w-]*/g, "");
}

test.each(["/d/1-ingestion-health", "/d/2-errors-slas", "/d/3-performance-resource", "/alertes"])(
  "%s is the same each time at the same moment, as soon as it is ready",
  async (path) => {
    const first = await drawn(path);
    expect(first).toMatch(/data:image|<svg/);
    expect(await drawn(path)).toBe(first);
  },
);

test("a page that cannot be drawn says so, and is ready too", async () => {
  const { page } = await open(`/d/nobody`);
  expect(await page.locator(".fault").innerText()).toContain(
    'There is no dashboard "nobody"; there are 1-ingestion-health, ',
  );
});
