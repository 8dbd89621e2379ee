import { expect, test } from "vitest";
import { evaluateInstant, evaluateRange } from "../../src/logql/evaluate/evaluate.ts";
import { parse } from "../../src/logql/parse/parse.ts";
import { type Streams, streamsOf } from "../../src/logql/streams.ts";

const SECOND = 1e9;
const line = (value: number) => JSON.stringify({ d: value });
const entries = (values: readonly number[]) =>
  values.map((value, index) => [index * 10 * SECOND, line(value)] as [number, string]);

/** Streams that count how often a line is read. */
function counted(): Readonly<{ streams: Streams; reads: () => number }> {
  const { origin, streams } = streamsOf(0n, [
    { labels: { job: "x", s: "a" }, entries: entries([1, 2, 3, 4, 5]) },
    { labels: { job: "x", s: "b" }, entries: entries([10, 20, 30]) },
  ]);
  let count = 0;
  const watched = streams.map((stream) => ({
    ...stream,
    lines: new Proxy(stream.lines, {
      get(target, key) {
        if (typeof key === "string" && /^\d+$/.test(key)) count += 1;
        return Reflect.get(target, key);
      },
    }),
  }));
  return { streams: { origin, streams: watched, read: new Map() }, reads: () => count };
}

const values = (query: string, streams: Streams) => {
  const answer = evaluateInstant(parse(query), streams, { at: 60 * SECOND });
  if (answer.type === "scalar") return answer.value;
  return Object.fromEntries(answer.result.map(({ labels, value }) => [labels.s ?? "", value]));
};
const over = (fn: string, by = " by (s)") => `${fn}{job="x"} | json d="d" | unwrap d [2m])${by}`;

test("queries that read the same lines in the same way read them once", () => {
  const { streams, reads } = counted();
  expect(values(over("quantile_over_time(0.5, "), streams)).toEqual({ a: 3, b: 20 });
  expect(reads()).toBe(8);
  expect(values(over("quantile_over_time(1, "), streams)).toEqual({ a: 5, b: 30 });
  expect(values(over("min_over_time("), streams)).toEqual({ a: 1, b: 10 });
  expect(reads()).toBe(8);
});

test("what reads them in another way gets its own", () => {
  const { streams, reads } = counted();
  expect(values(over("min_over_time("), streams)).toEqual({ a: 1, b: 10 });
  expect(values(over("min_over_time(", " by (job)"), streams)).toEqual({ "": 1 });
  expect(values('sum by (s) (count_over_time({job="x"}[2m]))', streams)).toEqual({ a: 5, b: 3 });
  expect(values('sum by (s) (bytes_over_time({job="x"}[2m]))', streams)).toEqual({ a: 35, b: 24 });
  expect(values('absent_over_time({job="x"}[2m])', streams)).toEqual({});
  expect(values('sum by (s) (count_over_time({job="x"}[15s]))', streams)).toEqual({});
  expect(values('sum by (s) (count_over_time({job="x"}[31s]))', streams)).toEqual({ a: 2 });
  const range = { start: 0, end: 40 * SECOND, step: 20 * SECOND };
  const { result } = evaluateRange(parse(over("max_over_time(")), streams, range);
  expect(Object.fromEntries(result.map(({ labels, points }) => [labels.s, points.map(([, value]) => value)]))).toEqual({
    a: [1, 3, 5],
    b: [10, 30, 30],
  });
  expect(reads()).toBeGreaterThan(8 * 4);
});
