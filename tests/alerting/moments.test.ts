import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { answersOf } from "../../src/alerting/answers.ts";
import { storeOver } from "../../src/alerting/in-process.ts";
import { lokiQuery } from "../../src/alerting/loki-query.ts";
import { PINNED, profileOf } from "../../src/alerting/profile.ts";
import { judgedRule } from "../../src/alerting/rule.ts";
import type { Series } from "../../src/alerting/values.ts";
import { ownLogs } from "../../src/logs/own-logs.ts";
import { madeUpWeek } from "../../src/logs/week.ts";
import { rules } from "../support/built.ts";

const NOW = Date.UTC(2026, 10, 27, 12);
const COUNT = 24 * 60;
const { streams } = await ownLogs("-", {
  zone: "UTC",
  stdin: Readable.from([Buffer.from(madeUpWeek(NOW).slice(-4000).join("\n"))]),
});
const store = storeOver(streams);
const plain = (all: readonly Series[]) =>
  all.map(({ labels, points }) => JSON.stringify([Object.entries(labels).sort(), points])).sort();

const queries = rules.flatMap((rule) =>
  judgedRule
    .parse(rule)
    .data.flatMap((datum) => (datum.kind === "query" ? [{ name: `${rule.uid} ${datum.refId}`, datum }] : [])),
);

test.each(queries)("all moments of a day at once give the answers of each alone: $name", async ({ datum }) => {
  const query = lokiQuery(datum, profileOf(PINNED));
  const from = NOW / 1000 - COUNT * 60;
  const all = await answersOf(store, query, { from, interval: 60, count: COUNT });
  let seen = 0;
  // Every thirteenth and the one after it: windows, episodes and their ends fall on any of them.
  for (let index = 0; index < COUNT; index += index % 13 === 0 ? 1 : 12) {
    const alone = await store.queryAt(query.expr, from + index * 60);
    expect(plain(all(index)), new Date((from + index * 60) * 1000).toISOString()).toEqual(plain(alone));
    seen += alone.length;
  }
  expect(seen).toBeGreaterThan(0);
});
