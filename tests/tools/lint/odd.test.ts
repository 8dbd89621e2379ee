import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { alignment } from "../../../src/core/documents/positions.ts";
import { readQueries } from "../../../src/tools/lint/sources/read.ts";
import { BUILD, builtQueries } from "../../support/built.ts";
import { random } from "../../support/random.ts";
import { findingsIn } from "./support.ts";

/** Lints whatever a text is taken for; every place found lies inside the text. */
function survives(text: string): void {
  const read = readQueries(text);
  if ("unusable" in read) {
    expect(read.unusable).toMatch(/^(?:is|holds|cannot) .+; .+/);
    return;
  }
  const lines = text.split("\n");
  const isBeside = ({ line, column, suggestion }: { line: number; column: number; suggestion: string }) =>
    lines[line - 1] === undefined || column < 1 || column > lines[line - 1]!.length + 1 || suggestion === "";
  expect(findingsIn(text).filter(isBeside)).toEqual([]);
}

describe("odd inputs are told, never crashed on", () => {
  test.each([
    ["nothing", ""],
    ["blanks", " \n\t\n"],
    ["comments", "# a\n# b"],
    ["a mark", "\uFEFF"],
    ["bytes", "\0\u0001\u0002"],
    ["an unclosed string", '{job="x'],
    ["an unclosed backquote", "{job=`x"],
    ["a backslash at the end", '{job="x\\'],
    ["a lone $", "{job=$} | $"],
    ["a lone [[", "[[ [[x ]]"],
    ["an empty object", "{}"],
    ["an empty list", "[]"],
    ["null", "null"],
    ["truncated JSON", '{"panels": [{"targets": [{"expr": "{job=\\"x\\"}'],
    [
      "wrong types",
      '{"panels": {"a": 1}, "templating": {"list": [null, 3, {"type": "query", "query": 3}]}, "annotations": {"list": ["a", null]}, "rows": [[[]]]}',
    ],
    [
      "odd targets",
      '{"targets": [null, 1, "x", [], {}, {"expr": 5}, {"expr": null}, {"expr": ["{a=1}"]}, {"expr": "{a=\\"b\\"}", "datasource": 7}]}',
    ],
    [
      "odd overrides",
      '{"targets": [{"expr": "{a=\\"b\\"}"}], "fieldConfig": {"defaults": {"unit": 3}, "overrides": [1, {"properties": [2, {"id": 3}]}]}}',
    ],
    [
      "odd rules",
      "groups:\n  - rules: [1, null, {expr: 3}, {expr: [a]}, {data: [1, {model: 2}, {model: {expr: {}}}]}]\n    interval: [1]\n",
    ],
    ["duplicate keys", '{"targets": [{"expr": "{a=1", "expr": "{a=\\"b\\"}"}], "targets": []}'],
    ["an unknown tag", "targets:\n  - expr: !!foo '{job=\"x\"}'\n"],
    ["a broken YAML", "groups:\n  - a: [\n b"],
    ["a deep query", "(".repeat(50_000) + ")".repeat(50_000)],
    ["a long sum", `sum(rate({job="x"}[5m]))${" + 1".repeat(20_000)}`],
    ["a deep sum", `${"(".repeat(20_000)}1${" + 1)".repeat(20_000)}`],
  ])("%s", (_, text) => {
    survives(text);
  });

  test("generated queries, cut and mixed", () => {
    const next = random(7);
    const queries = builtQueries().map(({ expr }) => expr);
    const pick = () => queries[Math.floor(next() * queries.length)]!;
    const at = (text: string) => Math.floor(next() * text.length);
    for (let round = 0; round < 300; round++) {
      const [one, other] = [pick(), pick()];
      survives(one.slice(0, at(one)) + other.slice(at(other)));
      survives(
        JSON.stringify({ targets: [{ expr: one.slice(at(one)) + '"`{}[]()|=$\n'[at("0123456789a")] + other }] }),
      );
    }
  });

  test("a generated dashboard, cut", () => {
    const next = random(11);
    const text = readFileSync(join(BUILD, "grafana-provisioning/dashboards/2-errors-slas.json"), "utf8");
    for (let round = 0; round < 12; round++) survives(text.slice(0, Math.floor(next() * text.length)));
  });
});

test("an alignment that cannot be, stays inside the source", () => {
  expect(Math.max(...alignment("abcdef", "'x'"))).toBeLessThanOrEqual(3);
  expect(alignment("", "")).toEqual([0]);
});
