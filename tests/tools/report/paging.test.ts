import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../../src/logql/server/server.ts";
import type { Line, Logs } from "../../../src/tools/report/logs.ts";
import { runningLoki } from "../../../src/tools/report/loki.ts";
import { pages } from "../../../src/tools/report/pages.ts";
import { held, served } from "./support.ts";

const end = Date.parse("2026-02-10T00:00:00Z");
const QUERY = '{job="paging"}';

/** Five lines in each of forty moments, in two streams; the first and the last moment are the window's ends. */
const moments = Array.from({ length: 40 }, (_, index) => end - 39 * 60_000 + index * 60_000);
const streams = ["a", "b"].map((source) => ({
  labels: { job: "paging", source },
  entries: moments.flatMap((ms) =>
    (source === "a" ? [0, 1, 2] : [3, 4]).map((index) => [ms / 1000, `${ms} ${index}`] as const),
  ),
}));
let store: Store;
beforeAll(async () => {
  store = await served(streams, end);
});
afterAll(() => store.close());

describe.each([
  ["in this process", async () => held(streams)],
  ["of a store with Loki's API", () => runningLoki({ url: store.url })],
] as const)("pages of lines %s", (_, logsOf: () => Promise<Logs>) => {
  const window = { start: moments[0]!, end: moments[39]! };
  const collect = async ({ start, end }: typeof window, limit: number) => {
    const found: (readonly Line[])[] = [];
    for await (const page of pages(await logsOf(), QUERY, { start, end, limit })) found.push(page);
    return found;
  };

  test.each([6, 7, 11, 13, 50, 195, 196, 5000])(
    "of at most %i lines hold each line of the window once, in order, a moment never on two",
    async (limit) => {
      const found = await collect(window, limit);
      const texts = found.flat().map(({ text }) => text);
      expect(texts.toSorted()).toEqual(
        moments.slice(0, -1).flatMap((ms) => [0, 1, 2, 3, 4].map((index) => `${ms} ${index}`)),
      );
      const times = found.flat().map(({ time }) => time);
      expect(times).toEqual(times.toSorted());
      const perPage = found.map((page) => new Set(page.map(({ time }) => time)));
      expect(perPage.reduce((sum, { size }) => sum + size, 0)).toBe(39);
    },
  );

  test("windows that meet at a moment share no line and lose none", async () => {
    const middle = moments[20]!;
    const [before, after] = [
      (await collect({ ...window, end: middle }, 8)).flat(),
      (await collect({ ...window, start: middle }, 8)).flat(),
    ];
    expect([before.length, after.length]).toEqual([100, 95]);
  });

  test("more lines at one moment than Loki gives are an error that says how to mend it", async () => {
    await expect(collect(window, 5)).rejects.toThrow(
      "Loki holds 5 lines or more at one moment (2026-02-09T23:21:00.000Z), more than it gives in an answer; raise max_entries_limit_per_query in its limits_config.",
    );
  });
});
