import { describe, expect, test } from "vitest";
import { contents, findingsIn } from "./support.ts";

const texts = (text: string) => contents(text).queries.map((query) => query.text);
/** Findings of some files, as `line:column rule`. */
const places = (...files: readonly string[]) =>
  findingsIn(...files).map(({ line, column, rule }) => `${line}:${column} ${rule}`);

const loki = { type: "loki", uid: "abc" };
const target = (expr: string, more: object = {}) => ({ refId: "A", expr, ...more });
const dashboard = (panel: object, more: object = {}) => ({
  uid: "d",
  title: "D",
  panels: [{ id: 1, title: "P", ...panel }],
  ...more,
});
const json = (value: unknown) => JSON.stringify(value, null, 2);
const LOGS = '{job="x"} |= "a"';

describe("dashboards", () => {
  const panel = { datasource: loki, targets: [target(LOGS)] };
  test.each([
    ["as it stands", dashboard(panel)],
    ["wrapped", { dashboard: dashboard(panel), meta: {} }],
    ["in an array", [dashboard(panel)]],
    ["in a collapsed row", { panels: [{ type: "row", collapsed: true, panels: [panel] }] }],
    ["in the rows of old versions", { rows: [{ panels: [panel] }] }],
    ["as a library panel", { kind: 1, name: "P", model: panel }],
    ["as an exported library element", { panels: [], __elements: { u: { kind: 1, model: panel } } }],
    [
      "as a Kubernetes resource",
      { kind: "Dashboard", apiVersion: "dashboard.grafana.app/v1beta1", spec: dashboard(panel) },
    ],
  ])("%s", (_, value) => {
    expect(texts(json(value))).toEqual([LOGS]);
    expect(texts(JSON.stringify(value))).toEqual([LOGS]);
  });

  test("annotations once, variables by their selector", () => {
    const value = {
      annotations: {
        list: [
          { datasource: loki, expr: LOGS, target: { expr: LOGS } },
          { datasource: { type: "datasource", uid: "grafana" }, expr: LOGS },
        ],
      },
      templating: {
        list: [
          { type: "query", datasource: loki, query: { label: "a", stream: '{job="v"}', type: 1 } },
          { type: "query", datasource: loki, query: 'label_values({job="w"}, host)' },
          { type: "query", datasource: { type: "prometheus" }, query: 'label_values(up{job="w"}, host)' },
          { type: "query", datasource: loki, query: "label_names()" },
          { type: "custom", query: "a,b" },
        ],
      },
      panels: [],
    };
    expect(texts(json(value))).toEqual(['{job="v"}', '{job="w"}', LOGS]);
  });

  test("an annotation's query that stands twice is told where it stands first", () => {
    const text = json({ annotations: { list: [{ datasource: loki, expr: "{", target: { expr: "{" } }] }, panels: [] });
    const line = text.split("\n").findIndex((one) => one.includes('"expr"')) + 1;
    expect(places(text).map((place) => place.split(":")[0])).toEqual([`${line}`]);
  });

  const promql = 'sum(rate(http_requests_total{job="x"}[5m]))';
  const sources = {
    __inputs: [{ name: "DS_LOGS", type: "datasource", pluginId: "loki" }],
    templating: { list: [{ type: "datasource", name: "metrics", query: "prometheus" }] },
  };
  test.each([
    ["by type", { type: "loki", uid: "x" }, "nonsense", true],
    ["by another type", { type: "prometheus", uid: "loki" }, LOGS, false],
    ["by name only, LogQL", "Prometheus", LOGS, true],
    ["by name only, PromQL", { uid: "loki" }, promql, false],
    ["of Grafana's own", { uid: "__expr__" }, LOGS, false],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable
    ["by an input", "${DS_LOGS}", "nonsense", true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable
    ["by a variable", { uid: "${metrics}" }, LOGS, false],
    ["mixed, LogQL", { type: "datasource", uid: "-- Mixed --" }, LOGS, true],
    ["none, LogQL", null, LOGS, true],
    ["none, broken LogQL", undefined, 'sum(rate({job="x"}[5m]', true],
    ["none, PromQL", null, promql, false],
    ["none, PromQL with a space", null, 'rate(up {job="x"}[5m])', false],
    ["none, PromQL by __name__", null, 'count({__name__=~"a.*", job="x"})', false],
    ["none, PromQL with a variable", null, '$metric{job="x"}', false],
    ["none, PromQL without selector", null, "sum(up) / count(up)", false],
    ["none, empty", null, " ", false],
  ])("a data source %s", (_, datasource, expr, isLoki) => {
    expect(texts(json(dashboard({ datasource, targets: [target(expr)] }, sources)))).toEqual(isLoki ? [expr] : []);
    expect(texts(json(dashboard({ targets: [target(expr, { datasource })] }, sources)))).toEqual(isLoki ? [expr] : []);
  });

  const seconds = 'max_over_time({job="x"} | unwrap a_s | __error__="" [5m]) by ()';
  const inUnit = (unit: string, more: object = {}) => ({ fieldConfig: { defaults: { unit }, ...more } });
  /** A panel whose unit is another one for some of its fields. */
  const overridden = (unit: string, id: string, options: string) =>
    inUnit(unit, { overrides: [{ matcher: { id, options }, properties: [{ id: "unit", value: "bytes" }] }] });
  test.each<[string, object, string | undefined, boolean]>([
    ["the panel's", inUnit("bytes"), undefined, true],
    ["none", { fieldConfig: { defaults: {} } }, undefined, false],
    ["of the query", overridden("s", "byFrameRefID", "A"), undefined, true],
    ["of another query", overridden("s", "byFrameRefID", "B"), undefined, false],
    ["by legend", overridden("s", "byName", "L"), "L", true],
    ["perhaps by legend", overridden("bytes", "byName", "L"), "{{a}}", false],
    ["perhaps by type", overridden("bytes", "byType", "number"), "L", false],
    ["after a transformation", { ...inUnit("bytes"), transformations: [{ id: "calculateField" }] }, undefined, false],
    [
      "of a count of values",
      { ...inUnit("short"), options: { reduceOptions: { calcs: ["count"] } } },
      undefined,
      false,
    ],
    ["of a heatmap", { ...inUnit("short"), type: "heatmap" }, undefined, false],
  ])("a unit %s", (_, panel, legendFormat, wrong) => {
    const targets = [target(seconds, legendFormat === undefined ? {} : { legendFormat })];
    const found = places(json(dashboard({ type: "stat", datasource: loki, targets, ...panel })));
    expect(found).toEqual(wrong ? [expect.stringMatching(/ unit-mismatch$/)] : []);
  });
});

const grafanaRule = (expr: string, more = "", interval = "1m") => `apiVersion: 1
groups:
  - name: g
    folder: f
    interval: ${interval}
    rules:
      - uid: r
        condition: B
        data:
          - refId: A
            queryType: instant
            datasourceUid: abc
            model:
              expr: ${expr}
          - refId: B
            datasourceUid: __expr__
            model: {type: threshold, expression: A, conditions: [{evaluator: {type: gt, params: [2]}}]}
${more}`;

describe("rules", () => {
  test("Grafana's files, with the group's interval", () => {
    expect(places(grafanaRule('sum(count_over_time({job="x"} [1m]))'))).toEqual(["14:51 window-too-short"]);
    expect(places(grafanaRule('sum(count_over_time({job="x"} [5m]))', "", "5m"))).toEqual(["14:51 window-too-short"]);
    expect(places(grafanaRule('sum(count_over_time({job="x"} [5m]))'))).toEqual([]);
  });
  test("the ruler's files, and Prometheus' are left alone", () => {
    const ruler = (expr: string, interval = "") =>
      `groups:\n  - name: g\n${interval}    rules:\n      - alert: A\n        expr: ${expr}\n        for: 5m\n`;
    expect(places(ruler("'topk(1, sum by (a) (rate({job=\"x\"}[5m]))) > 1'"))).toEqual(["5:16 topk-in-rule"]);
    expect(places(ruler('sum(rate({job="x"}[90s])) > 1'))).toEqual([]);
    expect(places(ruler('sum(rate({job="x"}[90s])) > 1', "    interval: 2m\n"))).toEqual(["6:33 window-too-short"]);
    expect(texts(ruler('rate(up{job="$x"}[10s]) > 1'))).toEqual([]);
    expect(places(`a: 1\nspec:\n  ${ruler('rate({job="x"}[5m]) > $y').replaceAll("\n", "\n  ")}`)).toEqual([
      "7:39 variable-in-rule",
    ]);
  });
  test("a unit that the rule states, or the panel that it links to", () => {
    const share = 'sum(rate({job="x", a="b"}[5m])) / sum(rate({job="x"}[5m]))';
    expect(places(grafanaRule(share))).toEqual([]);
    expect(places(grafanaRule(share, "        labels: {unit: percent}\n"))).toEqual(["14:21 unit-mismatch"]);
    expect(places(grafanaRule(share, "        labels: {unit: percentunit}\n"))).toEqual(["14:21 unit-mismatch"]);
    const link = '        annotations: {__dashboardUid__: d, __panelId__: "1"}\n';
    const plot = (unit: string, expr: string) =>
      json(dashboard({ datasource: loki, targets: [target(expr)], fieldConfig: { defaults: { unit } } }));
    expect(
      places(plot("s", 'max_over_time({job="x"} | unwrap a_s | __error__="" [5m]) by ()'), grafanaRule(share, link)),
    ).toEqual(["14:21 unit-mismatch"]);
    expect(places(plot("none", share), grafanaRule(share, link))).toEqual([]);
  });
});

/** The text of a file from the place of its only finding to the end of that line, with the line's number. */
function pointedAt(text: string): string {
  const [place, ...more] = places(text);
  expect([place, ...more]).toEqual([expect.stringMatching(/ regex-for-equality$/)]);
  const [line, column] = place!.split(/[: ]/).map(Number);
  return `${line} ${text
    .replace("\uFEFF", "")
    .split(/\r?\n/)
    [line! - 1]!.slice(column! - 1)}`;
}

describe("lines and columns", () => {
  const bad = '{job="x"} |~ "a"';
  test.each([
    ["indented JSON", json({ targets: [{ expr: bad }] }), '4 |~ \\"a\\""'],
    ["JSON on one line", JSON.stringify({ targets: [{ expr: bad }] }), '1 |~ \\"a\\""}]}'],
    ["JSON indented by tabs", JSON.stringify({ targets: [{ expr: bad }] }, null, "\t"), '4 |~ \\"a\\""'],
    [
      "JSON with CRLF and a mark",
      `\uFEFF${json({ targets: [{ expr: bad }] }).replaceAll("\n", "\r\n")}`,
      '4 |~ \\"a\\""',
    ],
    ["JSON with escapes", '{"targets": [{"expr": "{job=\\"\\u0078\\"}\\n\\t|~ \\"a\\""}]}', '1 |~ \\"a\\""}]}'],
    [
      "JSON with an escaped character of two units",
      '{"targets": [{"expr": "{job=\\"\\ud83d\\ude00\\/\\"} |~ \\"a\\""}]}',
      '1 |~ \\"a\\""}]}',
    ],
    ["a plain scalar", 'targets:\n  - expr: sum(rate({job="x"} |~ "a" [5m])) # why', '2 |~ "a" [5m])) # why'],
    ["a plain scalar over two lines", 'targets:\n  - expr: sum(rate({job="x"}\n      |~ "a" [5m]))', '3 |~ "a" [5m]))'],
    ["single quotes", `targets:\n  - expr: '{job="x''y"} |~ "a"'`, `2 |~ "a"'`],
    ["double quotes over two lines", 'targets:\n  - expr: "{job=\\"x\\"} \\\n      |~ \\"a\\""', '3 |~ \\"a\\""'],
    ["a wide escape", 'targets:\n  - expr: "{job=\\"\\U0001F600\\x41\\"} |~ \\"a\\""', '2 |~ \\"a\\""'],
    ["a literal block", 'targets:\n  - expr: | # why\n      {job="x"}\n        |~ "a"\n', '4 |~ "a"'],
    ["a folded block", 'targets:\n  - expr: >-\n      {job="x"}\n      | json\n\n      | b=~"a"\n', '6 b=~"a"'],
    ["a second document", `a: 1\n---\ntargets:\n  - expr: '${bad}'`, `4 |~ "a"'`],
    ["an anchor", `x: &q '${bad}'\ntargets:\n  - expr: *q`, `1 |~ "a"'`],
    ["LogQL", `# a comment\n\n{job="y"}\n---\n{job="x"}\n  |~ "a"`, '6 |~ "a"'],
    ["LogQL with CRLF", `{job="y"}\r\n\r\n${bad}\r\n`, '3 |~ "a"'],
    ["LogQL behind a variable and a comment", '{job="$x", a=~"$b"} # "why"\n|~ "a"', '2 |~ "a"'],
    ["a character of two units", `{job="😀"} |~ "a"`, '1 |~ "a"'],
  ])("%s", (_, text, expected) => {
    expect(pointedAt(text)).toBe(expected);
  });
});

describe("files of LogQL", () => {
  test("blocks", () => {
    const text = '# none here\n\nsum(\n  rate({job="x"}[5m])\n)\n\n\n{job="y"}\n---\n# why\n{job="z"} # this\n';
    expect(texts(text)).toEqual(['sum(\n  rate({job="x"}[5m])\n)', '{job="y"}', '# why\n{job="z"} # this']);
  });
  test.each([
    ["on its line", '{job=~"x"} # lint-ignore regex-for-equality the job is renamed soon', []],
    ["on the line below", '# lint-ignore regex-for-equality the job is renamed soon\n# more\n{job=~"x"}', []],
    ["not on other lines", '# lint-ignore regex-for-equality only here\n{job="x"}\n|~ "a"', ["3:1 regex-for-equality"]],
    ["of that rule only", '{job=~"x"} # lint-ignore topk-in-rule none', ["1:2 regex-for-equality"]],
    ["with a reason", '{job=~"x"} # lint-ignore regex-for-equality', ["1:2 regex-for-equality", "1:12 lint-ignore"]],
    ["of a known rule", '# lint-ignore regexes please\n{job=~"x"}', ["1:1 lint-ignore", "2:2 regex-for-equality"]],
    [
      "two on one line",
      '# lint-ignore regex-for-equality soon\n# lint-ignore json-without-fields soon\nsum(rate({job=~"x"} | json [5m]))',
      [],
    ],
  ])("an opt-out %s", (_, text, expected) => {
    expect(places(text)).toEqual(expected);
  });
});
