import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { type Choice, dataOf } from "../../../src/logs/data.ts";
import { answersOf } from "../../../src/tools/preview/answers.ts";
import { pageSite } from "../../../src/tools/preview/page.ts";
import { type Running, serve } from "../../../src/tools/preview/server.ts";
import { readDefinitions } from "../../../src/view/definitions.ts";
import { openedBy, type PageOptions } from "../../support/browser.ts";
import { folderOfTest } from "../../support/folder.ts";

export type { Opened } from "../../support/browser.ts";

export const NOW = Date.UTC(2026, 10, 27, 12);
export const BUILD = fileURLToPath(new URL("../../../build/grafana-provisioning", import.meta.url));

/** A preview on any free port. */
export async function startPreview(choice: Partial<Choice> = {}, folder = BUILD): Promise<Running> {
  const data = await dataOf(
    { sample: false, follow: false, now: NOW, ...choice },
    { zone: "UTC", stdin: process.stdin },
  );
  const definitions = readDefinitions(folder);
  const source = {
    data: () => data,
    definitions: () => definitions,
    externalURL: "http://grafana.example/",
    mailTo: "equipe@example.org",
  };
  return serve(answersOf(source), { port: 0, site: pageSite });
}

/** A browser for the tests of a file: opens pages of previews. */
export const browsing = () => openedBy(settled);

/** A browser and a preview for the tests of a file: opens its pages by their path. */
export function shared(choice: Partial<Choice> = {}) {
  const open = browsing();
  let preview: Running;
  beforeAll(async () => {
    preview = await startPreview(choice);
  });
  afterAll(() => preview?.stop());
  return (path: string, options: PageOptions = {}) => open(preview.url + path, options);
}

/** A copy of the generated files that a test may change. */
export function copyOfBuild(): Readonly<{ folder: string; change: (file: string, from: RegExp, to: string) => void }> {
  const folder = folderOfTest();
  cpSync(BUILD, folder, { recursive: true });
  const change = (file: string, from: RegExp, to: string) => {
    const text = readFileSync(join(folder, file), "utf8");
    expect(text).toMatch(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  };
  return { folder, change };
}

/** Waits until every panel has its data. */
export async function settled(page: Page): Promise<void> {
  const isReady = `document.documentElement.dataset.ready === location.pathname
    && !document.querySelector("[aria-busy=true]")`;
  for (const end = Date.now() + 60_000; Date.now() < end; await page.waitForTimeout(50))
    if (await page.evaluate(isReady)) return;
  throw new Error("the page never had all its data");
}

export const at = (page: Page): URL => new URL(page.url());
export const parameters = (page: Page): Readonly<Record<string, string>> => Object.fromEntries(at(page).searchParams);
export const panel = (page: Page, id: number): Locator => page.locator(`[data-panel="${id}"]`);
