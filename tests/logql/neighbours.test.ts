import { expect, test } from "vitest";
import { answer, streamsOfFile } from "../../src/logql/cases.ts";

const streams = streamsOfFile({
  t0: "2026-11-27T06:00:00Z",
  cases: [],
  streams: [
    { labels: { app: "web", pod: "a" }, entries: [[1, "from=10.0.0.7:8080"]] },
    {
      labels: { app: "web", pod: "b" },
      entries: [
        [2, "from=192.168.0.1"],
        [3, "from=nobody"],
        [4, "to=10.0.0.7"],
      ],
    },
  ],
});
const instant = (query: string) => answer({ id: "", kind: "instant", at: 10, query }, streams);
const lines = (query: string) => {
  const got = answer({ id: "", kind: "log", start: 0, end: 10, limit: 10, direction: "forward", query }, streams);
  return got.type === "streams" ? got.result.flatMap(([, entries]) => entries.map(([, line]) => line)).sort() : got;
};

test.each([
  ["vector(1) or 1 + 2", "right", "1 + 2"],
  ["(1 + 2) * 3 unless vector(1)", "left", "(1 + 2) * 3"],
  ["vector(1) and (2)", "right", "2"],
])("%s is refused: a reckoned number is no series", (query, leg, literal) => {
  expect(instant(query)).toMatchObject({
    type: "error",
    status: 400,
    message: expect.stringContaining(`${leg} leg of logical/set`),
  });
  expect(instant(query)).toMatchObject({ message: expect.stringContaining(`: ${literal}`) });
});

test("an address filter leaves out lines without the label, as every comparison does, and finds an address with a port", () => {
  expect(lines('{app="web"} | logfmt | from = ip("10.0.0.0/8")')).toEqual(["from=10.0.0.7:8080"]);
  expect(lines('{app="web"} | logfmt | from != ip("10.0.0.0/8")')).toEqual(["from=192.168.0.1", "from=nobody"]);
});

const alike = 'label_replace(count_over_time({app="web"}[1m]), "pod", "x", "pod", ".*")';
const pod = { app: "web", pod: "x" };

test.each([
  [`${alike} + 1`, ["2", "4"]],
  [`10 - ${alike}`, ["7", "9"]],
  [`${alike} > 0`, ["1", "3"]],
  [`topk(2, ${alike})`, ["1", "3"]],
  [`${alike} and vector(1)`, []],
  [`${alike} or vector(7)`, ["1", "3", "7"]],
])("%s: series that came to have equal labels stay apart", (query, values) => {
  const got = instant(query);
  expect(got.type === "vector" ? got.result.map(([, value]) => value).sort() : got).toEqual(values);
  if (got.type === "vector")
    for (const [labels, value] of got.result)
      expect(labels).toEqual(value === "7" && query.includes("or vector") ? {} : pod);
});

test.each([
  [{ start: 0, end: 10, step: 0 }, "zero or negative query resolution"],
  [{ start: 10, end: 0, step: 1 }, "end timestamp must not be before"],
  [{ start: 0, end: 11_001, step: 1 }, "exceeded maximum resolution of 11,000 points"],
])("the range %o is refused", (range, message) => {
  const got = answer({ id: "", kind: "range", ...range, query: "vector(1)" }, streams);
  expect(got).toMatchObject({ type: "error", status: 400, message: expect.stringContaining(message) });
});

test("a range of as many points as Loki takes is answered", () => {
  const got = answer({ id: "", kind: "range", start: 0, end: 11_000, step: 1, query: "vector(1)" }, streams);
  expect(got.type === "matrix" ? got.result[0]![1].length : got).toBe(11_001);
});
