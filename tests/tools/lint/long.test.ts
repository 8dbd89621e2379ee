import { describe, expect, test } from "vitest";
import { readQueries } from "../../../src/tools/lint/sources/read.ts";
import { findingsIn, judged } from "./support.ts";

const times = (count: number, text: string, between: string) => Array(count).fill(text).join(between);
const counted = 'sum(count_over_time({job="x"}[5m]))';

describe("long queries are judged", () => {
  test.each([
    ["200 sums joined by or", times(200, counted, " or ")],
    ["3 000 sums joined by +", times(3000, counted, " + ")],
    ["600 label filters", `{job="x"} | logfmt ${times(600, '| a!="1"', " ")}`],
    ["600 label filters joined by or", `{job="x"} | logfmt | ${times(600, 'a!="1"', " or ")}`],
    ["3 000 parentheses", `${"(".repeat(3000)}${counted}${")".repeat(3000)}`],
    ["3 000 parentheses within sums", `${"(1 + ".repeat(3000)}${counted}${")".repeat(3000)}`],
    ["300 nested functions", `${"sum(".repeat(300)}${counted}${")".repeat(300)}`],
  ])("%s", (_, text) => {
    expect(judged(text)).toEqual({ faults: [] });
    expect(judged(`${text})`).faults).toMatchObject([{ rule: "syntax", offset: text.length }]);
  });

  test("a fault deep inside is found where it stands", () => {
    const bad = 'sum(count_over_time({job="x"} |~ "a" [5m]))';
    const text = `${"(".repeat(3000)}${counted} + ${bad}${")".repeat(3000)}`;
    expect(judged(text).faults).toMatchObject([{ rule: "regex-for-equality", offset: text.indexOf("|~") }]);
  });

  test("what is beyond judging is said, and called no mistake", () => {
    expect(judged(`${"sum(".repeat(20_000)}${counted}${")".repeat(20_000)}`)).toEqual({
      faults: [],
      remark: "is nested too deeply to be judged",
    });
    expect(judged('variants(count_over_time({job="x"}[5m])) of ({job="x"}[5m])')).toEqual({
      faults: [],
      remark: "holds variants, which is not judged",
    });
    expect(judged('sum(rate({job="{{ .Values.job }}"}[{{ .Values.window }}]))')).toEqual({
      faults: [],
      remark: "is a template that is not filled in",
    });
  });
});

describe("hostile files get a sentence", () => {
  const deep = (depth: number) => `{"panels": ${"[".repeat(depth)}${"]".repeat(depth)}}`;
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${"bcdefghij".replace(/./g, (name, at) => `${name}: &${name} [${times(10, `*${"abcdefghij"[at]}`, ", ")}]\n`)}`;
  test.each([
    [
      "a cycle",
      "rules.yml",
      "groups:\n  - &g\n    name: g\n    rules:\n      - {alert: A, expr: '1', self: *g}\n",
      'cannot be read as YAML (the anchor "g" holds itself or is not there); mend it there',
    ],
    ["depth", "d.json", deep(6000), "cannot be read as JSON (it is nested too deeply); mend it there"],
    [
      "some depth",
      "d.json",
      deep(600),
      "cannot be read as JSON (it is nested more than 400 levels deep); mend it there",
    ],
    [
      "anchors that unfold",
      "rules.yml",
      `${bomb}groups: *j\n`,
      "cannot be read as YAML (it holds more than 2000000 values, its anchors unfolded); mend it there",
    ],
    [
      "a trailing comma",
      "d.json",
      '{"panels": [],}',
      "cannot be read as JSON at 1:15 (property name expected); mend it there",
    ],
    [
      "a key that stands twice",
      "rules.yml",
      "groups: []\ngroups: []\n",
      "cannot be read as YAML at 2:1 (Map keys must be unique); mend it there",
    ],
  ])("%s", (_, name, text, unusable) => {
    expect(readQueries(text, name)).toEqual({ unusable });
  });

  test("keys that mean something to JavaScript are keys", () => {
    const text = '{"__proto__": {"panels": [{"targets": [{"expr": "{job=\\"x\\"} |~ \\"a\\"", "constructor": 1}]}]}}';
    expect(findingsIn(text)).toMatchObject([{ rule: "regex-for-equality" }]);
  });
});
