import { describe, expect, test } from "vitest";
import type { Query } from "../../../src/logql/ast.ts";
import { evaluateInstant } from "../../../src/logql/evaluate/evaluate.ts";
import { evaluateLogs } from "../../../src/logql/evaluate/logs.ts";
import { parse } from "../../../src/logql/parse/parse.ts";
import { type Entry, streamsOf } from "../../../src/logql/streams.ts";
import { faultsOf } from "./support.ts";

/** Lines of two applications, some slow, some broken, some without a field. */
const records = Array.from({ length: 60 }, (_, index) => ({
  tool: ["a", "b", "c"][index % 3],
  pod: `p${index % 7}`,
  ...(index % 5 > 0 && { level: index % 4 === 0 ? "error" : "info" }),
  ...(index % 6 > 0 && { ms: index === 10 ? "soon" : (index * 37) % 101 }),
  text: index % 4 === 0 ? "timeout of a.b" : "fine",
}));
const entries = records.map(
  (record, index): Entry => [index * 1e9, index % 20 === 7 ? "{broken" : JSON.stringify(record)],
);
const streams = streamsOf(0n, [
  { labels: { app: "x", env: "prod" }, entries: entries.filter((_, index) => index % 2 === 0) },
  { labels: { app: "x", env: "test" }, entries: entries.filter((_, index) => index % 2 === 1) },
]);

function answer(text: string): unknown {
  const query: Query = parse(text);
  if (query.kind === "logs")
    return evaluateLogs(query, streams, { start: 0, end: 61e9, limit: 1000, direction: "forward" });
  const found = evaluateInstant(query, streams, { at: 61e9 });
  if (found.type === "scalar") return found.value;
  return found.result.map(({ labels, value }) => [JSON.stringify(labels), value]).sort();
}
const suggestions = (text: string) => faultsOf(text).map(({ suggestion }) => suggestion);

describe("advice that keeps the answer", () => {
  const unwrapped = 'json tool="tool", pod="pod", ms="ms" | unwrap ms | __error__="" [2m])';
  const grouped = (fn: string, labels: string) => [
    `${fn} ${labels} (${fn}_over_time({app="x"} | ${unwrapped})`,
    `${fn}_over_time({app="x"} | ${unwrapped} ${labels}`,
    `write ${fn}_over_time(…) ${labels} and drop the outer ${fn}: the values are the same`,
  ];
  const named = (stages: string, fields: string) => [
    `sum by (tool) (${stages.replace("FIELDS", "")}`,
    `sum by (tool) (${stages.replace("FIELDS", ` ${fields}`)}`,
    `| json ${fields}, the same`,
  ];
  test.each([
    ['{app=~"x", env="prod"}', '{app="x", env="prod"}', 'write app="x"'],
    [
      'sum by (env) (count_over_time({app="x", env!~"^test$"}[2m]))',
      'sum by (env) (count_over_time({app="x", env!="test"}[2m]))',
      'write env!="test"',
    ],
    ['{app="x"} |~ "timeout"', '{app="x"} |= "timeout"', 'write |= "timeout"'],
    [
      '{app="x"} !~ `timeout` or "fine, no"',
      '{app="x"} != "timeout" or "fine, no"',
      'write != "timeout" or "fine, no"',
    ],
    [
      '{app="x"} | json level="level" | level=~"error"',
      '{app="x"} | json level="level" | level="error"',
      'write level="error"',
    ],
    [
      '{app="x"} | json level="level" |= "timeout"',
      '{app="x"} |= "timeout" | json level="level"',
      "move it before | json",
    ],
    [
      'sum by (tool) (count_over_time({app="x"} | json tool="tool" | tool!="" != "fine" [2m]))',
      'sum by (tool) (count_over_time({app="x"} != "fine" | json tool="tool" | tool!="" [2m]))',
      "move it before | json",
    ],
    named('count_over_time({app="x"} | jsonFIELDS | level="error" | __error__="" [2m]))', 'level="level", tool="tool"'),
    named('count_over_time({app="x"} | jsonFIELDS | ms > 50 | __error__="" [2m]))', 'ms="ms", tool="tool"'),
    named('sum_over_time({app="x"} | jsonFIELDS | unwrap ms | __error__="" [2m]))', 'ms="ms", tool="tool"'),
    grouped("max", "by (tool)"),
    grouped("min", "without (pod)"),
    grouped("max", "by ()"),
  ])("%s", (before, after, advice) => {
    expect(suggestions(before!).join("; ")).toContain(advice);
    expect(answer(after!)).toEqual(answer(before!));
    expect(answer(before!)).not.toEqual([]);
    expect(suggestions(after!)).not.toEqual(suggestions(before!));
  });
});

describe("advice that changes the answer says so", () => {
  const named = 'json tool="tool", pod="pod", ms="ms"';
  test.each([
    [
      "the lines that are no number are left out",
      `sum by (tool) (sum_over_time({app="x"} | ${named} | unwrap ms [2m]))`,
      `sum by (tool) (sum_over_time({app="x"} | ${named} | unwrap ms | __error__="" [2m]))`,
      "which leaves out what is no number",
    ],
    [
      "the lines without the field no longer count",
      `avg_over_time({app="x"} | ${named} | unwrap ms | __error__="" [2m]) by (tool)`,
      `avg_over_time({app="x"} | ${named} | ms!="" | unwrap ms | __error__="" [2m]) by (tool)`,
      "which leaves those lines out",
    ],
    [
      "series become one",
      `last_over_time({app="x"} | ${named} | unwrap ms | __error__="" [2m])`,
      `last_over_time({app="x"} | ${named} | unwrap ms | __error__="" [2m]) by (tool)`,
      "what only differs otherwise becomes one series",
    ],
    [
      "other fields no longer tell series apart",
      'count_over_time({app="x"} | json | level="error" | __error__="" [2m])',
      'count_over_time({app="x"} | json level="level" | level="error" | __error__="" [2m])',
      "the others no longer tell series apart",
    ],
    [
      "the stray series is gone, each other one filled",
      'sum by (env) (count_over_time({app="x"} |= "nowhere" [2m])) or vector(0)',
      'sum by (env) (count_over_time({app="x"} |= "nowhere" [2m])) or 0 * sum by (env) (count_over_time({app="x"}[2m]))',
      "fill each series",
    ],
  ])("%s", (_, before, after, advice) => {
    expect(suggestions(before).join("; ")).toContain(advice);
    const outcome = (text: string) => {
      try {
        return answer(text);
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(outcome(after)).not.toEqual(outcome(before));
    expect(suggestions(after).join("; ")).not.toContain(advice);
  });
});

describe("grouping inside would change these values, so it is not advised", () => {
  const pipeline = '{app="x"} | json tool="tool", pod="pod", ms="ms" | ms!="" | unwrap ms | __error__="" [2m]';
  test.each([
    [`avg by (tool) (avg_over_time(${pipeline}))`, `avg_over_time(${pipeline}) by (tool)`],
    [`sum by (tool) (quantile_over_time(0.9, ${pipeline}))`, `quantile_over_time(0.9, ${pipeline}) by (tool)`],
    [`max by (tool) (avg_over_time(${pipeline}))`, `avg_over_time(${pipeline}) by (tool)`],
  ])("%s", (before, after) => {
    expect(suggestions(before)).toEqual([]);
    expect(answer(after)).not.toEqual(answer(before));
  });
});
