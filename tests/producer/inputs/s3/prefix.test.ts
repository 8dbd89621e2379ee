import { expect, test } from "vitest";
import type { Input } from "../../../../src/producer/inputs/input.ts";
import { type Pages, prefixLister } from "../../../../src/producer/inputs/s3/prefix.ts";
import { inputOf } from "../../records.ts";

const PAGE = 1000;

/** How many of sorted keys are at most `after`. */
function placeAfter(keys: readonly string[], after: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle]! <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A store of keys in order, that counts its answers; and what was taken from it. */
function store(keys: string[]) {
  const taken = new Map<string, string>();
  const versions = new Map<string, string>();
  let requests = 0;
  const made = new Map<string, Input>();
  const input = (key: string): Input => {
    const version = versions.get(key) ?? "1";
    const before = made.get(key);
    if (before?.version === version) return before;
    const one = { ...inputOf("", key), address: key, key, version };
    made.set(key, one);
    return one;
  };
  const pages: Pages = async (from = {}) => {
    requests++;
    const after = "after" in from ? from.after : (from.next ?? "");
    const start = placeAfter(keys, after);
    const page = keys.slice(start, start + PAGE);
    const next = start + PAGE < keys.length ? page.at(-1) : undefined;
    return { inputs: page.map(input), first: page[0], last: page.at(-1), next };
  };
  const lister = prefixLister(pages, { what: "S3 lists", everyMs: 5000 });
  const look = async () => {
    requests = 0;
    const seen = await lister.look(({ address, version }) => (taken.get(address) === version ? "settled" : "waiting"));
    for (const { address, version } of seen.waiting) taken.set(address, version!);
    return { ...seen, requests };
  };
  const put = (...more: string[]) => {
    keys.push(...more);
    keys.sort();
    for (const key of more) versions.set(key, `${Number(versions.get(key) ?? "1") + 1}`);
  };
  const change = (key: string) => versions.set(key, `${Number(versions.get(key) ?? "1") + 1}`);
  const takeAll = async () => {
    while ((await look()).more);
  };
  return { look, put, change, takeAll, taken, lister };
}
const numbered = (count: number, prefix = "") =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(7, "0")}`);

test("a short prefix is listed whole each time, so that what changes is found at once", async () => {
  const { look, put, change, takeAll } = store(numbered(9500));
  await takeAll();
  expect(await look()).toMatchObject({ waiting: [], whole: true, requests: 10 });
  put("0000500x");
  change("0000001");
  expect((await look()).waiting.map(({ address }) => address).sort()).toEqual(["0000001", "0000500x"]);
});

test("of a long prefix, what comes behind its end is found at once, with few requests", async () => {
  const { look, put, takeAll, taken } = store(numbered(40_000));
  await takeAll();
  expect(taken.size).toBe(40_000);
  for (let round = 0; round < 30; round++) {
    const key = `1${String(round).padStart(2, "0")}`;
    put(key);
    const { waiting, requests } = await look();
    expect(waiting.map(({ address }) => address)).toEqual([key]);
    expect(requests).toBeLessThanOrEqual(2);
  }
});

test("what comes or changes anywhere else is found within one pass; where more comes after it, at once", async () => {
  const sources = ["a/", "b/", "c/", "d/"];
  const { look, put, change, takeAll, taken } = store(sources.flatMap((source) => numbered(10_000, source)));
  await takeAll();
  let most = 0;
  const until = async (key: string, version: string) => {
    for (let looks = 1; ; looks++) {
      const { requests } = await look();
      most = Math.max(most, requests);
      if (taken.get(key) === version) return looks;
    }
  };
  put("b/1");
  // 40 pages, one at each look.
  expect(await until("b/1", "2")).toBeLessThanOrEqual(41);
  put("b/2");
  expect(await until("b/2", "2")).toBe(1);
  put("c/1");
  // After a surprise the pass goes faster, ten pages at each look.
  expect(await until("c/1", "2")).toBeLessThanOrEqual(10);
  put("c/2");
  expect(await until("c/2", "2")).toBe(1);
  change("a/0000003");
  expect(await until("a/0000003", "2")).toBeLessThanOrEqual(20);
  expect(most).toBeLessThanOrEqual(20);
});

test("a pass that failed or was made void counts for nothing: only a whole one says so", async () => {
  const { look, takeAll, lister } = store(numbered(20_000));
  await takeAll();
  let looks = 0;
  while (!(await look()).whole) if (++looks === 20) lister.restart();
  expect(looks).toBeGreaterThan(20 + 19);
});

test("more than can be taken between two looks is brought oldest first, and the rest at the next look", async () => {
  const { look, taken } = store(numbered(25_000));
  expect(await look()).toMatchObject({ more: true, whole: true });
  expect(taken.size).toBe(10_000);
  await look();
  expect(await look()).toMatchObject({ more: false });
  expect(taken.size).toBe(25_000);
});
