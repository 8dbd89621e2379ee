import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launchBrowser } from "../../src/tools/pictures/browser.ts";

export type PageOptions = NonNullable<Parameters<Browser["newPage"]>[0]>;
/** A page with what it complained of, all that it asked for, and what of that is elsewhere. */
export type Opened = Readonly<{ page: Page; faults: string[]; requests: string[]; foreign: string[] }>;

/** A browser for the tests of a file: opens pages, waits until they have settled, closes them after their test. */
export function openedBy(settled: (page: Page) => Promise<void> = async () => {}) {
  let browser: Browser;
  let ofTest: Page[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(() => {
    ofTest = [];
  });
  afterEach(() => Promise.all(ofTest.map((page) => page.close())));
  afterAll(() => browser?.close());
  return async (address: string, options: PageOptions = {}): Promise<Opened> => {
    const page = await browser.newPage({ viewport: { width: 1500, height: 1000 }, timezoneId: "UTC", ...options });
    ofTest.push(page);
    const [faults, requests, foreign] = [[], [], []] as [string[], string[], string[]];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("request", (request) => {
      const { href, origin, protocol } = new URL(request.url());
      requests.push(href);
      if (origin !== new URL(address).origin && protocol !== "data:") foreign.push(href);
    });
    await page.goto(address);
    await settled(page);
    return { page, faults, requests, foreign };
  };
}
