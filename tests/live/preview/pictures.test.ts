import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { launchBrowser } from "../../../src/tools/pictures/browser.ts";
import { screens } from "../../../src/tools/pictures/screens.ts";

const FOLDER = fileURLToPath(new URL("../../../docs/pictures", import.meta.url));

test("the screens of the documentation show what the preview shows today", { timeout: 300_000 }, async () => {
  const all = await screens(launchBrowser);
  expect(all.map(({ name }) => name)).toEqual([
    "ecran-1-ingestion-health",
    "ecran-2-errors-slas",
    "ecran-3-performance-resource",
    "ecran-4-logs-debugging",
    "ecran-alertes",
    "courriel",
  ]);
  for (const { name, png, values } of all) {
    expect(values, `${name}: npm run pictures`).toEqual(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")));
    // Fonts differ from machine to machine: of the bytes only that they are a picture.
    expect(png.subarray(1, 4).toString()).toBe("PNG");
  }
});
