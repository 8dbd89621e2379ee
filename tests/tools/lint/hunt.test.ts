import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { called } from "../../support/called.ts";

// Small files after public dashboards, rules and reports of bugs; each stands for its kind.
const HUNT = fileURLToPath(new URL("hunt", import.meta.url));

/**
 * Lints a file or a folder: the places and rules of the findings as `file:line:column rule`, the remarks, the exit
 * status.
 */
async function lint(path: string) {
  const { status, stdout, stderr } = await called(["lint:logql", join(HUNT, path)]);
  const lines = (text: string) => text.replaceAll(`${HUNT}/`, "").split("\n").filter(Boolean);
  const findings = lines(stdout).map((line) => line.replace(/^(\S+ [\w-]+): .*$/, "$1"));
  return { status, findings, remarks: lines(stderr).filter((line) => line.endsWith(": passed over.")), stdout };
}
const clean = { status: 0, findings: [], remarks: [] };

test("dashboards of schema v2: panel, annotation and variable are read", async () => {
  // The annotation's query is one that Loki takes.
  expect(await lint("v2-dashboard")).toMatchObject({
    status: 1,
    findings: [
      "v2-dashboard/v2.json:2:183 regex-for-equality",
      "v2-dashboard/v2.json:3:185 syntax",
      "v2-dashboard/v2.json:4:290 syntax",
    ],
    remarks: [],
  });
});

describe("a file is what it contains, not what its first line looks like", () => {
  test.each([
    ["null.yaml", "holds no dashboard, no panel and no rule: passed over."],
    ["list.yaml", "holds no dashboard, no panel and no rule: passed over."],
    ["helm.yaml", "is a template that is not filled in; check what it becomes: passed over."],
  ])("%s", async (file, remark) => {
    expect(await lint(`first-line/${file}`)).toMatchObject({ ...clean, remarks: [`first-line/${file} ${remark}`] });
  });
  test("dollar-schema.yaml", async () => {
    expect(await lint("first-line/dollar-schema.yaml")).toMatchObject({
      status: 1,
      findings: ["first-line/dollar-schema.yaml:6:33 syntax"],
    });
  });
});

test.each([
  ["grafanadashboard-cr.yaml", "7:160"],
  ["configmap-rules.yaml", "10:37"],
  ["configmap-dashboard.yaml", "8:170"],
])("a document as text in another one: %s", async (file, place) => {
  expect(await lint(`embedded/${file}`)).toMatchObject({ status: 1, findings: [`embedded/${file}:${place} syntax`] });
});

test("files without content are passed over", async () => {
  const remarks = [
    "folder-empty/todo.yml holds nothing: passed over.",
    "folder-empty/values.yaml holds nothing: passed over.",
  ];
  expect(await lint("folder-empty")).toMatchObject({ ...clean, remarks });
});

test.each(readdirSync(join(HUNT, "datasource-names")))("whatever a data source is called: %s", async (file) => {
  const { status, findings } = await lint(`datasource-names/${file}`);
  expect({ status, findings }).toEqual({ status: 1, findings: [expect.stringMatching(/ syntax$/)] });
});

test.each(["label-values", "expression-panel", "range-reduce", "group-inside-avg"])(
  "nothing found in %s",
  async (folder) => {
    expect(await lint(folder)).toMatchObject(clean);
  },
);

test("Grafana fills in variables in its rules", async () => {
  const { findings } = await lint("interval-in-rule");
  expect(findings.filter((line) => line.includes("variable-in-rule"))).toEqual([]);
  expect(findings.filter((line) => line.endsWith("syntax"))).toEqual(["interval-in-rule/rule.yaml:25:58 syntax"]);
});

test("$__rate_interval over Loki", async () => {
  expect(await lint("rate-interval")).toMatchObject({ status: 1, findings: ["rate-interval/q.logql:1:21 syntax"] });
  expect((await lint("rate-interval")).stdout).toContain("nobody fills in $__rate_interval");
});

test("all that Loki refuses", async () => {
  const { findings } = await lint("missed");
  expect(findings.map((line) => line.replace(/^.*:(\d+):\d+ /, "$1 "))).toEqual(
    Array.from({ length: 16 }, (_, index) => `${2 * index + 1} syntax`),
  );
});

test("a log query as a rule, and a comparison that can never be true", async () => {
  const findings = ["log-query-rule/r.yml:4:34 log-query-rule", "log-query-rule/r.yml:5:36 never-true"];
  expect(await lint("log-query-rule")).toMatchObject({ status: 1, findings });
});

test("no path of a nested field is guessed", async () => {
  const { findings, stdout } = await lint("json-suggestion");
  expect(findings).toEqual(["json-suggestion/q.logql:1:33 json-without-fields"]);
  expect(stdout).not.toContain("log_level=");
});
