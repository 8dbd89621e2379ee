import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { type Choice, dataOf } from "../../../src/logs/data.ts";
import { answersOf } from "../../../src/tools/preview/answers.ts";
import { pageAssets } from "../../../src/tools/preview/page.ts";
import { type Running, serve } from "../../../src/tools/preview/server.ts";
import { readDefinitions } from "../../../src/view/definitions.ts";

export const NOW = Date.UTC(2026, 10, 27, 12);
export const BUILD = fileURLToPath(new URL("../../../build/grafana-provisioning", import.meta.url));

/** A preview on any free port. */
export async function startPreview(choice: Partial<Choice> = {}, folder = BUILD): Promise<Running> {
  const data = await dataOf({ sample: false, follow: false, now: NOW, ...choice }, { zone: "UTC", stdin: process.stdin });
  const definitions = readDefinitions(folder);
  const source = { data: () => data, definitions: () => definitions, externalURL: "http://grafana.example/", mailTo: "equipe@example.org" };
  return serve(answersOf(source), { port: 0, assets: await pageAssets() });
}

export type Opened = Readonly<{ page: Page; faults: string[]; foreign: string[] }>;

/** A page that remembers what it complained of and whom else it asked. */
export async function open(browser: Browser, address: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width: 1500, height: 1000 }, timezoneId: "UTC", ...options });
  const faults: string[] = [];
  const foreign: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(address).origin && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  await page.goto(address);
  await settled(page);
  return { page, faults, foreign };
}

/** Waits until every panel has its data. */
export async function settled(page: Page): Promise<void> {
  const isReady = `document.documentElement.dataset.ready === location.pathname && !document.querySelector("[aria-busy=true]")`;
  for (const end = Date.now() + 60_000; Date.now() < end; await page.waitForTimeout(50)) if (await page.evaluate(isReady)) return;
  throw new Error("the page never had all its data");
}
