import { Readable } from "node:stream";
import { PROVISIONING } from "../src/core/places.ts";
import { type Streams, select } from "../src/logql/streams.ts";
import { dataOf } from "../src/logs/data.ts";
import { launchBrowser } from "../src/tools/pictures/browser.ts";
import { answersOf } from "../src/tools/preview/answers.ts";
import { pageSite } from "../src/tools/preview/page.ts";
import { serve } from "../src/tools/preview/server.ts";
import { eventsOf } from "../src/view/annotations.ts";
import { readDefinitions } from "../src/view/definitions.ts";
import type { Dashboard } from "../src/view/model.ts";
import { panelData } from "../src/view/panel.ts";
import { shownVariables } from "../src/view/variables.ts";
import { streamsOfHistory } from "./history.ts";
import { cpuOf, median } from "./pipeline/measure.ts";

/**
 * The preview: what a dashboard costs over 72 and over 100 000 records, beside one bare pass of JSON.parse, and until a
 * browser has drawn it.
 */
const RUNS = Number(process.argv.find((text) => /^\d+$/.test(text)) ?? 100_000);
const HOUR = 3_600_000;
const POINTS_PER_COLUMN = 45;
const ROUNDS = 8;
const NOW = Date.UTC(2026, 10, 27, 12);
const { dashboards, alerting } = readDefinitions(PROVISIONING);

function answer({ panels, templating, annotations }: Dashboard, streams: Streams): void {
  const question = { streams, range: { from: NOW - 24 * HOUR, to: NOW }, variables: templating.list, choice: {} };
  shownVariables(question);
  eventsOf(annotations.list, question);
  for (const panel of panels) panelData(panel, { ...question, points: panel.gridPos.w * POINTS_PER_COLUMN });
}

/** Milliseconds from the start of a navigation until every panel is painted, as the page's own clock has it. */
const DRAWN = `new MutationObserver(() => {
  if (document.documentElement.dataset.ready === location.pathname) performance.mark("drawn");
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });`;

const sample = await dataOf({ sample: true, follow: false, now: NOW }, { zone: "UTC", stdin: Readable.from([]) });
const sets = [
  { name: "72 records", streams: sample.streams },
  { name: `${RUNS.toLocaleString("en")} runs`, streams: streamsOfHistory(RUNS, 24, NOW) },
];
const browser = await launchBrowser().catch(() => undefined);
console.log(
  "CPU of the answers over 24 h, beside one pass of JSON.parse over all lines; wall time until a browser has drawn the dashboard",
);
for (const { name, streams } of sets) {
  const pass = cpuOf(() => {
    for (const { lines } of select(streams, [])) for (const line of lines) JSON.parse(line);
  });
  const source = {
    data: () => ({ streams, now: () => NOW, name, notices: [], remarks: [] }),
    definitions: () => ({ dashboards, alerting, faults: [] }),
    externalURL: "",
    mailTo: "",
  };
  const server = await serve(answersOf(source), { port: 0, site: pageSite });
  for (const dashboard of dashboards) {
    const ms = cpuOf(() => answer(dashboard, streams));
    const drawn = browser
      ? await untilDrawn(`${server.url}/d/${dashboard.uid}?from=now-24h&to=now`)
      : "no Chromium here";
    console.log(
      `${name.padEnd(14)} ${dashboard.uid.padEnd(24)} ${ms.toFixed(0).padStart(6)} ms, ${(ms / pass).toFixed(1)} × ${pass.toFixed(1)} ms; drawn: ${drawn}`,
    );
  }
  await server.stop();
}
await browser?.close();

async function untilDrawn(address: string): Promise<string> {
  const page = await browser!.newPage({ viewport: { width: 1500, height: 1000 } });
  await page.addInitScript(DRAWN);
  await page.goto(address);
  const times: number[] = [];
  // The first is of a browser that has none of the page's files yet; the others are a reader's who changes dashboards.
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await page.reload({ waitUntil: "commit" });
    while (!(await page.evaluate(`performance.getEntriesByName("drawn").length > 0`).catch(() => false)))
      await page.waitForTimeout(100);
    times.push(Number(await page.evaluate(`performance.getEntriesByName("drawn")[0].startTime`)));
  }
  await page.close();
  const [first, ...rest] = times.map(Math.round);
  return `first ${first} ms, then ${Math.round(median(rest))} ms (${Math.min(...rest)} to ${Math.max(...rest)})`;
}
