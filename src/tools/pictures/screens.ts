import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Browser, Locator, Page } from "playwright-core";
import { UserError } from "../../core/errors.ts";
import { PICTURED_AT } from "../../logs/data.ts";
import { dashboards as uids } from "../../queries/places.ts";
import { ownProgram } from "../../stack/own-program.ts";

/** A screen of the preview: its file's name, its bytes, and the texts that it shows. */
export type Screen = Readonly<{ name: string; png: Buffer; values: object }>;

const VIEW = { width: 1440, height: 1800 };
const MARGIN = 16;
/** Of a long table more says nothing more. */
const MOST_LINES = 60;
const READY_MS = 60_000;
const RANGE = "from=now-24h&to=now";

/** A preview of the fixed moment, as the program starts it. */
async function preview(): Promise<Readonly<{ url: string; child: ChildProcess }>> {
  const args = ownProgram("preview", "--now", new Date(PICTURED_AT).toISOString(), "--port", "0");
  const env = { ...process.env, GRAFANA_URL: "http://localhost:3000/", ALERT_EMAIL_TO: "equipe-donnees@example.org" };
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], env });
  let output = "";
  for await (const text of child.stdout!) {
    output += text;
    const [url] = /http:\/\/\S+/.exec(output) ?? [];
    if (url) return { url, child };
  }
  throw new UserError("The preview did not start, so there are no pictures of it; npm run preview says why.");
}

/** Waits until every panel has its data. */
async function settled(page: Page): Promise<void> {
  const isReady = `document.documentElement.dataset.ready === location.pathname && !document.querySelector("[aria-busy=true]")`;
  for (const end = Date.now() + READY_MS; Date.now() < end; await page.waitForTimeout(50))
    if (await page.evaluate(isReady)) return;
  throw new UserError(
    `The preview had not all its data after ${READY_MS / 1000} s; run it again on a quieter machine.`,
  );
}

async function opened(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEW, timezoneId: "UTC", locale: "fr-FR", colorScheme: "light" });
  await page.goto(address);
  await settled(page);
  return page;
}

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .slice(0, MOST_LINES);
const linesOf = async (all: Locator) => Promise.all((await all.all()).map(async (one) => lines(await one.innerText())));

/** What each rule of the page of alerts shows: its title and state, its condition, its instances. */
async function alertTexts(page: Page) {
  const rules = await page.locator("[data-rule]").all();
  return {
    rules: await Promise.all(
      rules.map(async (rule) => ({
        head: lines(await rule.locator("header").first().innerText()),
        condition: lines(await rule.locator(".words").first().innerText()),
        instances: await linesOf(rule.locator(".instance")),
      })),
    ),
  };
}

/** The newest mail of a rule, opened. */
async function openedMail(page: Page): Promise<Locator> {
  const rule = page.locator('[data-rule="1-echec-detecte"]');
  const part = rule.locator("details.part", { has: page.locator(".mail") }).first();
  if ((await part.getAttribute("open")) === null) await part.locator("summary").first().click();
  return rule.locator(".mail").first();
}

/** Each dashboard, with the title, numbers, legend and rows of its panels as text. */
async function dashboards(browser: Browser, url: string): Promise<readonly Screen[]> {
  const found: Screen[] = [];
  for (const uid of Object.values(uids)) {
    const page = await opened(browser, `${url}/d/${uid}?${RANGE}`);
    const bottom = `Math.max(...[...document.querySelectorAll("[data-panel]")].map((one) => one.getBoundingClientRect().bottom))`;
    const height = Math.min(VIEW.height, Math.ceil(Number(await page.evaluate(bottom))) + MARGIN);
    const png = await page.screenshot({ clip: { x: 0, y: 0, width: VIEW.width, height }, animations: "disabled" });
    const panels = await linesOf(page.locator("[data-panel]"));
    found.push({ name: `ecran-${uid}`, png, values: { panels } });
    await page.close();
  }
  return found;
}

async function alerts(browser: Browser, url: string): Promise<readonly Screen[]> {
  const page = await opened(browser, `${url}/alertes?${RANGE}`);
  const png = await page.screenshot({ animations: "disabled" });
  const screen = { name: "ecran-alertes", png, values: await alertTexts(page) };
  const mail = await openedMail(page);
  const shown = {
    name: "courriel",
    png: await mail.screenshot({ animations: "disabled" }),
    values: { mail: lines(await mail.innerText()) },
  };
  await page.close();
  return [screen, shown];
}

/** The four dashboards, the page of alerts and a mail as the preview shows them at the fixed moment. */
export async function screens(launch: () => Promise<Browser>): Promise<readonly Screen[]> {
  const browser = await launch();
  try {
    const { url, child } = await preview();
    try {
      return [...(await dashboards(browser, url)), ...(await alerts(browser, url))];
    } finally {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
  } finally {
    await browser.close();
  }
}
