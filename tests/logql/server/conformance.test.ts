import { describe, expect, test } from "vitest";
import { recorded, sameAnswer } from "../equal.ts";
import { answered, nanoseconds } from "./answered.ts";
import { push, store } from "./support.ts";

describe.each(["runs", "language", "compositions", "refused"])(
  "Loki's answers in %s.json, asked through HTTP",
  (name) => {
    const file = recorded(name);

    test("are given", { timeout: 120_000 }, async () => {
      const start = Date.parse(file.t0);
      const t0 = BigInt(start) * 1_000_000n;
      const of = await store({ tenants: true, now: () => start + 2 * 3_600_000 });
      const streams = file.streams.map(({ labels, entries }) => ({
        labels,
        entries: entries.map(([time, line]) => [t0 + nanoseconds(time), line] as const),
      }));
      expect(await push(of, streams, name)).toEqual({ status: 204, text: "" });
      // The engine itself is held against every case; of the many queries a quarter also goes through HTTP.
      const isMany = name === "compositions" || name === "language";
      const asked = file.cases.filter((_, index) => !isMany || index % 4 === 0);
      const wrong = [];
      for (const one of asked) {
        const got = await answered(one, { of, t0, tenant: name });
        if (!sameAnswer(got, one.expect, one.query))
          wrong.push({ id: one.id, query: one.query, got, expected: one.expect });
      }
      expect(wrong).toEqual([]);
    });
  },
);
