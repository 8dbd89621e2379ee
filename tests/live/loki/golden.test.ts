import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { tenantOf } from "../../../src/alerting/loki.ts";
import { builtQueries } from "../../support/built.ts";
import { DELAY, goldenValues } from "../../support/golden.ts";
import { sampleStreams } from "../../support/sample-streams.ts";
import { costRatio } from "./cost.ts";

const { url, embedded } = inject("loki");
const loki = { url, tenant: `golden-${randomUUID()}` };
const arrival = Math.floor(Date.now() / 1000) * 1000 - 2 * DELAY;
const at = arrival + DELAY;
const store = await tenantOf(loki).hold(await sampleStreams(arrival));

describe("golden values, answered by Loki", () => goldenValues({ store, at }));

if (embedded)
  console.log(
    "skipped: what the queries may read (tests/live/loki/budget.json): the embedded store does not count what it reads",
  );

/** What a query may read that has no budget of its own: all lines, twice. */
const ORDINARY = 2;

test.skipIf(embedded)("no query reads more than its budget", async () => {
  const budget: Record<string, number> = JSON.parse(readFileSync(new URL("./budget.json", import.meta.url), "utf8"));
  const costs: Record<string, number> = {};
  for (const query of builtQueries().filter(({ asked, where }) => asked !== "values" && !where.includes("annotation")))
    costs[query.where] = await costRatio(loki, query, at);
  expect(Object.keys(costs)).toEqual(expect.arrayContaining(Object.keys(budget)));
  expect(Object.entries(costs).filter(([where, cost]) => cost > (budget[where] ?? ORDINARY))).toEqual([]);
});
