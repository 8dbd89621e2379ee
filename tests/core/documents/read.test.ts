import { describe, expect, test } from "vitest";
import { readDocuments } from "../../../src/core/documents/read.ts";
import { recognise } from "../../../src/core/documents/recognise.ts";

const recognised = (text: string, format: "json" | "yaml") => {
  const read = readDocuments(text, format);
  if ("error" in read) throw new Error(read.error);
  return read.documents.map(recognise);
};
/** What a text holds, as `kind path`. */
const kinds = (text: string, format: "json" | "yaml" = "yaml") =>
  recognised(text, format).flatMap(({ parts }) => parts.map(({ kind, path }) => [kind, ...path].join(" ")));
const json = (value: unknown) => kinds(JSON.stringify(value), "json");

const dashboard = { title: "D", panels: [] };
const v2 = { title: "D", elements: {}, layout: { kind: "GridLayout" } };
const grafanaRule = { uid: "r", title: "R", condition: "A", data: [{ refId: "A", model: { expr: "x" } }] };
const rulerRule = { alert: "A", expr: "x" };
const contactPoint = { uid: "c", name: "mail", type: "email", settings: {} };

describe("what a document holds", () => {
  test.each([
    ["a dashboard", dashboard, ["dashboard"]],
    ["an answer of the API", { dashboard, meta: {} }, ["dashboard dashboard"]],
    [
      "a resource",
      { apiVersion: "dashboard.grafana.app/v1beta1", kind: "Dashboard", spec: dashboard },
      ["dashboard spec"],
    ],
    [
      "a dashboard of schema v2",
      { apiVersion: "dashboard.grafana.app/v2", kind: "Dashboard", spec: v2 },
      ["dashboard v2 spec"],
    ],
    ["the bare spec of one", v2, ["dashboard v2"]],
    ["dashboards", [dashboard, dashboard], ["dashboard 0", "dashboard 1"]],
    ["a library panel", { kind: 1, name: "P", model: { type: "stat", targets: [] } }, ["library panel"]],
    [
      "an answer with library panels",
      { result: { elements: [{ model: { targets: [] } }] } },
      ["library panel result elements 0"],
    ],
    ["a panel", { type: "stat", targets: [] }, ["panel"]],
    ["a provisioning file", { apiVersion: 1, groups: [{ name: "g", rules: [grafanaRule] }] }, ["alerting"]],
    ["one without rules", { apiVersion: 1, contactPoints: [{ name: "a" }] }, ["alerting"]],
    ["rules of the API", [grafanaRule, grafanaRule], ["rule 0", "rule 1"]],
    ["a rule of the API", grafanaRule, ["rule"]],
    ["contact points of the API", [contactPoint], ["contact point 0"]],
    ["policies of the API", { receiver: "mail", routes: [] }, ["policy"]],
    ["mute timings of the API", [{ name: "w", time_intervals: [] }], ["mute timing 0"]],
    ["templates of the API", [{ name: "t", template: "x" }], ["template 0"]],
    ["a ruler's answer", { team: [{ name: "g", rules: [rulerRule] }] }, ["rule group team 0"]],
    [
      "a ruler's other answer",
      { status: "success", data: { groups: [{ name: "g", rules: [{ name: "A", query: "x" }] }] } },
      ["alerting data"],
    ],
    ["Grafana's ruler", { Ops: [{ name: "g", rules: [{ grafana_alert: { data: [] } }] }] }, ["rule group Ops 0"]],
    [
      "rules of Loki's operator",
      {
        apiVersion: "loki.grafana.com/v1",
        kind: "AlertingRule",
        spec: { groups: [{ name: "g", rules: [rulerRule] }] },
      },
      ["alerting spec"],
    ],
    [
      "a rule as a resource",
      { apiVersion: "rules.alerting.grafana.app/v0alpha1", kind: "AlertRule", spec: { expressions: {} } },
      ["rule resource"],
    ],
    [
      "a rule group as a resource",
      { kind: "GrafanaAlertRuleGroup", spec: { rules: [grafanaRule] } },
      ["rule group spec"],
    ],
    ["rights", { kind: "Role", rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] }, []],
    ["a compose file", { services: { a: { image: "x" } } }, []],
    ["a plug-in's list of types", { list: [{ type: "a", settings: {} }] }, []],
    ["nothing", null, []],
  ])("%s", (_, value, expected) => {
    expect(json(value)).toEqual(expected);
    expect(kinds(JSON.stringify(value))).toEqual(expected);
  });

  test("texts that are documents", () => {
    const text = JSON.stringify(dashboard);
    expect(kinds(`kind: ConfigMap\ndata:\n  d.json: |\n    ${text}\n  e.json: '${text}'\n`)).toEqual([
      "dashboard data d.json 0",
      "dashboard data e.json 0",
    ]);
    expect(
      kinds(
        "data:\n  r.yaml: |\n    # why\n    groups:\n      - name: g\n        rules:\n          - alert: A\n            expr: x\n",
      ),
    ).toEqual(["alerting data r.yaml 0"]);
    expect(kinds(`dashboards:\n  default:\n    mine:\n      json: |\n        ${text}\n`)).toEqual([
      "dashboard dashboards default mine json 0",
    ]);
    expect(kinds(`items:\n  - kind: ConfigMap\n    data: {d: '${JSON.stringify({ dashboard })}'}\n`)).toEqual([
      "dashboard items 0 data d 0 dashboard",
    ]);
    expect(kinds("a: |\n  some text: about rules and panels\n  that is none\n")).toEqual([]);
  });

  test("a text that should be a document and is none is told with its place", () => {
    const [found] = recognised('data:\n  d.json: |\n    {"panels": [],}\n  note: "{panels}, rules: none"\n', "yaml");
    expect(found!.unread).toEqual([
      { place: { line: 3, column: 19 }, reason: 'the text "d.json" cannot be read (property name expected)' },
    ]);
  });

  test("a resource's name, for a dashboard without a uid", () => {
    expect(recognised(JSON.stringify({ metadata: { name: "n" }, spec: dashboard }), "json")[0]!.parts).toMatchObject([
      { named: "n" },
    ]);
  });
});

describe("values", () => {
  const value = (text: string, format: "json" | "yaml") => {
    const read = readDocuments(text, format);
    return "error" in read ? read.error : read.documents.map((document) => document.value);
  };
  test("whole numbers keep their digits", () => {
    expect(value('{"id": 12345678901234567890, "n": 1e3, "m": 9007199254740991}', "json")).toEqual([
      { id: 12345678901234567890n, n: 1000, m: 9007199254740991 },
    ]);
    expect(value("id: 12345678901234567890\nn: 0x1f\nt: '1'", "yaml")).toEqual([
      { id: 12345678901234567890n, n: 31, t: "1" },
    ]);
  });
  test("YAML's merge keys: the map's own entry wins, then the first merged", () => {
    expect(value("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 3}", "yaml")).toMatchObject([
      { c: { x: 3, y: 1, z: 2 } },
    ]);
  });
  test("JSON is JSON", () => {
    expect(value("{'a': 1}", "json")).toMatch(/expected|invalid/);
    expect(value('{"a": 1} // why', "json")).toMatch(/comment|invalid|expected/);
    expect(value('{\n\t"a": 1\n}', "yaml")).toEqual([{ a: 1 }]);
  });
});
