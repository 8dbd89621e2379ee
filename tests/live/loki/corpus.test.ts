import { randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import { tenantOf } from "../../../src/alerting/loki.ts";
import { answer, streamsOfFile } from "../../../src/logql/cases.ts";
import { recorded, sameAnswer } from "../../logql/equal.ts";
import { answered } from "../../logql/server/answered.ts";
import { recent } from "./recent.ts";

const { url } = inject("loki");

/** The engine gives Loki's recorded answers (`npm test`); here both are asked, on the same lines moved to now. */
describe.each(["runs", "language", "compositions", "refused"])("%s.json", (name) => {
  test("the engine and Loki agree on every case", { timeout: 300_000 }, async () => {
    const file = recent(recorded(name), Date.now());
    const [start, tenant] = [Date.parse(file.t0), `corpus-${randomUUID()}`];
    const streams = file.streams.map(({ labels, entries }) => ({
      labels,
      entries: entries.map(([time, line]) => [start / 1000 + time, line] as const),
    }));
    await tenantOf({ url, tenant }).hold(streams);
    const held = streamsOfFile(file);
    const disagreements = [];
    for (const one of file.cases) {
      const loki = await answered(one, { of: { url }, t0: BigInt(start) * 1_000_000n, tenant });
      const engine = answer(one, held);
      if (!sameAnswer(loki, engine, one.query)) disagreements.push({ id: one.id, query: one.query, loki, engine });
    }
    expect(disagreements).toEqual([]);
  });
});
