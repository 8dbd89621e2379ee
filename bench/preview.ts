import { join } from "node:path";
import { Readable } from "node:stream";
import { type Streams, select, streamsOf } from "../src/logql/streams.ts";
import { dataOf } from "../src/logs/data.ts";
import { launchBrowser } from "../src/tools/pictures/browser.ts";
import { answersOf } from "../src/tools/preview/answers.ts";
import { pageAssets } from "../src/tools/preview/page.ts";
import { serve } from "../src/tools/preview/server.ts";
import { eventsOf } from "../src/view/annotations.ts";
import { readDefinitions } from "../src/view/definitions.ts";
import type { Dashboard } from "../src/view/model.ts";
import { panelData } from "../src/view/panel.ts";
import { shownVariables } from "../src/view/variables.ts";
import { BUILD } from "../tests/support/built.ts";
import { history } from "./history.ts";

/** The preview: what a dashboard costs over 72 and over 100 000 records, beside one bare pass of JSON.parse, and until a browser has drawn it. */
const RUNS = Number(process.argv.find((text) => /^\d+$/.test(text)) ?? 100_000);
const HOUR = 3_600_000;
const POINTS_PER_COLUMN = 45;
const NOW = Date.UTC(2026, 10, 27, 12);
const { dashboards, alerting } = readDefinitions(join(BUILD, "grafana-provisioning"));

/** Milliseconds of this process's own CPU, the median of three rounds. */
function cpu(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[1]!;
}

function many(): Streams {
  const parts = new Map<string, { labels: Record<string, string>; entries: [number, string][] }>();
  for (const { time, labels, line } of history(RUNS, 24, NOW)) {
    const key = JSON.stringify(labels);
    const part = parts.get(key) ?? { labels, entries: [] };
    parts.set(key, part);
    part.entries.push([(time - NOW) * 1e6, line]);
  }
  return streamsOf(BigInt(NOW) * 1_000_000n, [...parts.values()]);
}

function answer({ panels, templating, annotations }: Dashboard, streams: Streams): void {
  const question = { streams, range: { from: NOW - 24 * HOUR, to: NOW }, variables: templating.list, choice: {} };
  shownVariables(question);
  eventsOf(annotations.list, question);
  for (const panel of panels) panelData(panel, { ...question, points: panel.gridPos.w * POINTS_PER_COLUMN });
}

const sample = await dataOf({ sample: true, follow: false, now: NOW }, { zone: "UTC", stdin: Readable.from([]) });
const sets = [
  { name: "72 records", streams: sample.streams },
  { name: `${RUNS.toLocaleString("en")} runs`, streams: many() },
];
const browser = await launchBrowser().catch(() => undefined);
const assets = await pageAssets();
console.log(
  "CPU of the answers over 24 h, beside one pass of JSON.parse over all lines; wall time until a browser has drawn the dashboard",
);
for (const { name, streams } of sets) {
  const pass = cpu(() => {
    for (const { lines } of select(streams, [])) for (const line of lines) JSON.parse(line);
  });
  const source = {
    data: () => ({ streams, now: () => NOW, name, notices: [], remarks: [] }),
    definitions: () => ({ dashboards, alerting, faults: [] }),
    externalURL: "",
    mailTo: "",
  };
  const server = await serve(answersOf(source), { port: 0, assets });
  for (const dashboard of dashboards) {
    const ms = cpu(() => answer(dashboard, streams));
    const drawn = browser
      ? `${await untilDrawn(`${server.url}/d/${dashboard.uid}?from=now-24h&to=now`)} ms`
      : "no Chromium here";
    console.log(
      `${name.padEnd(14)} ${dashboard.uid.padEnd(24)} ${ms.toFixed(0).padStart(6)} ms, ${(ms / pass).toFixed(1)} × ${pass.toFixed(1)} ms; drawn after ${drawn}`,
    );
  }
  await server.stop();
}
await browser?.close();

async function untilDrawn(address: string): Promise<number> {
  const page = await browser!.newPage({ viewport: { width: 1500, height: 1000 } });
  await page.goto(address);
  const isReady = `document.documentElement.dataset.ready === location.pathname && !document.querySelector("[aria-busy=true]")`;
  while (!(await page.evaluate(isReady))) await page.waitForTimeout(10);
  // A second time: the page's own files are there, as they are for a reader who changes dashboards.
  await page.reload({ waitUntil: "commit" });
  const from = Date.now();
  while (!(await page.evaluate(isReady).catch(() => false))) await page.waitForTimeout(5);
  const ms = Date.now() - from;
  await page.close();
  return ms;
}
