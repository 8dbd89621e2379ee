import { expect, test } from "vitest";
import { open, shared } from "./support.ts";

const preview = shared();

/** A picture as soon as the page says that all of it is drawn. */
async function picture(path: string): Promise<Buffer> {
  const { page } = await open(preview.browser, `${preview.url}${path}?from=now-24h&to=now`);
  const taken = await page.screenshot();
  await page.close();
  return taken;
}

test.each(["/d/1-ingestion-health", "/d/2-errors-slas", "/d/3-performance-resource", "/alertes"])(
  "two pictures of %s at the same moment are the same",
  async (path) => {
    const first = await picture(path);
    expect((await picture(path)).equals(first)).toBe(true);
  },
);

test("a page that cannot be drawn says so, and is ready too", async () => {
  const { page } = await open(preview.browser, `${preview.url}/d/nobody`);
  expect(await page.locator(".fault").innerText()).toContain('There is no dashboard "nobody".');
  await page.close();
});
