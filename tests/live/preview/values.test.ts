import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Running } from "../../../src/tools/preview/server.ts";
import { dashboards } from "../../support/built.ts";
import { asked, check } from "./checks.ts";
import { allRuns, type Run, sampleRuns } from "./expected.ts";
import { chartOf } from "./readings.ts";
import { browsing, NOW, startPreview } from "./support.ts";

const open = browsing();
let previews: Record<"sample" | "week", Running>;
let runs: Record<"sample" | "week", readonly Run[]>;

beforeAll(async () => {
  previews = { sample: await startPreview({ sample: true }), week: await startPreview() };
  runs = { sample: sampleRuns, week: allRuns() };
});
afterAll(async () => {
  for (const preview of Object.values(previews ?? {})) await preview.stop();
});

const cases = [
  ["sample", "1h"],
  ["week", "1h"],
  ["week", "24h"],
  ["week", "7d"],
] as const;
/** The chart of a dashboard on which failures are marked at once. */
const marked: Readonly<Record<string, number>> = { "1-ingestion-health": 6, "3-performance-resource": 2 };

describe.each(cases)("over the %s, %s", (data, range) => {
  test.each(dashboards.map(({ uid, panels }) => ({ uid, panels })))(
    "every panel of $uid shows what the records say",
    async ({ uid, panels }) => {
      const opened = await open(`${previews[data].url}/d/${uid}?from=now-${range}&to=now`);
      for (const panel of panels) await check({ uid, panel, of: runs[data], range }, opened);
      expect(await opened.page.locator(".not-shown, .fault").count()).toBe(0);
      const failures = runs[data]
        .filter(({ etat, time }) => etat === "FAILED" && time >= NOW - asked[range] && time < NOW)
        .map(({ time }) => time);
      for (const { id } of panels.filter(({ type }) => type === "timeseries"))
        expect([...(await chartOf(opened.page, id)).events].sort()).toEqual(marked[uid] === id ? failures.sort() : []);
      expect({ faults: opened.faults, foreign: opened.foreign }).toEqual({ faults: [], foreign: [] });
    },
  );
});
