import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compareStates } from "../../../src/tools/diff/compare/compare.ts";
import { stateOf } from "../../../src/tools/diff/model/state.ts";
import { json } from "../../../src/tools/diff/render/json.ts";
import { markdown } from "../../../src/tools/diff/render/markdown.ts";
import { changes, diff, one } from "./support.ts";

// Small states after public files and reports of bugs; each stands for its kind.
const HUNT = fileURLToPath(new URL("hunt", import.meta.url));
const compared = (name: string, format = "terminal") =>
  diff(`${HUNT}/${name}`, "--from", "from", "--to", "to", "--format", format);
/** What is told, without the first line. */
const lines = async (name: string) => (await compared(name)).out.split("\n").slice(2, -1);

describe("every change is told", () => {
  test("threshold and recovery threshold", async () => {
    expect(await lines("recovery-threshold-both")).toEqual([
      "Alert rules",
      "  ~ rule “R”",
      "      condition: > 100, recovered when < 80 → > 200, recovered when < 10",
    ]);
  });
  test("thresholds and their mode", async () => {
    expect(await lines("threshold-mode")).toEqual([
      "Dashboard “D”",
      "  ~ panel “Disk”",
      "      threshold: green, red from 80 % → green, red from 70 %",
      "      threshold mode: absolute → percentage",
    ]);
  });
  test("a wrapper that goes", async () => {
    expect(await lines("wrapper")).toEqual([
      "Other files",
      "  - wrapper in “d.json” removed (folderUid, overwrite, message)",
    ]);
  });
  test("what was null, as what was not there", () => {
    const dashboard = (links: unknown, defaults: unknown) => {
      return { title: "D", links, panels: [{ id: 1, type: "stat", title: "P", fieldConfig: { defaults } }] };
    };
    const to = one("d.json", dashboard([{ title: "L", url: "/x" }], { unit: "s" }));
    expect(changes(to, one("d.json", dashboard(null, null)))).toBe(
      "### Dashboard “D”\n\n- link “L”: added /x\n- Panel **P**: unit: added seconds (s)\n",
    );
  });
  test("a condition and the time range that it looks at", () => {
    const rule = (limit: number, range: string) => {
      const condition = {
        evaluator: { type: "gt", params: [limit] },
        query: { params: ["A", range, "now"] },
        reducer: { type: "avg" },
      };
      const model = { type: "classic_conditions", conditions: [condition] };
      const data = [{ refId: "C", datasourceUid: "__expr__", model }];
      return { groups: [{ name: "g", rules: [{ uid: "r", title: "R", condition: "C", data }] }] };
    };
    const text = changes(one("r.json", rule(2, "10m")), one("r.json", rule(1, "5m")));
    expect(text).toContain("avg of A > 1 → avg of A > 2");
    expect(text).toContain("A, 5 min, now → A, 10 min, now");
  });
});

describe("the same things are found again", () => {
  test("a uid that stands twice: by the file", async () => {
    const found = await lines("dup-uid");
    expect(found.filter((line) => /^(?:\S| {2}\S)/.test(line))).toEqual([
      "Dashboard “API” (dev/api.json)",
      "  ~ panel “New P0”",
      "  ~ panel “New P1”",
      "  ~ panel “New P2”",
    ]);
  });
  test("routes by their content", async () => {
    expect(await lines("route-removed")).toEqual([
      "Notifications",
      "  ~ notification policy “of organisation 1”",
      "      route for severity = critical: removed to chat",
    ]);
  });
  test("tombstones that stand twice", async () => {
    expect(await compared("tombstone-twice")).toEqual({
      status: 0,
      out: "Nothing changed between from and to.\n",
      err: "",
    });
  });
  const dashboard = (...targets: object[]) =>
    one("d.json", { title: "D", uid: "d", panels: [{ id: 1, type: "stat", title: "P", targets }] });
  const query = (refId: string | undefined, expr: string) => ({ ...(refId && { refId }), expr });
  test("queries that got another letter", () => {
    const before = dashboard(query("A", 'sum(rate({app="x"}[5m]))'), query("B", 'sum(rate({app="y"}[5m]))'));
    const after = dashboard(
      query("A", 'sum(rate({app="new"}[1h]))'),
      query("B", 'sum(rate({app="x"}[5m]))'),
      query("C", 'sum(rate({app="y"}[5m]))'),
    );
    const text = changes(after, before);
    expect(text).toContain("query B · letter: A → B");
    expect(text).toContain("query C · letter: B → C");
    expect(text).toContain('query A: added `sum(rate({app="new"}[1h]))`');
    expect(text).not.toContain("removed");
  });
  test("queries without a letter", () => {
    const [x, y] = [query(undefined, 'sum(rate({app="x"}[5m]))'), query(undefined, 'sum(rate({app="y"}[5m]))')];
    const text = changes(dashboard(y), dashboard(x, y));
    expect(text).toContain('removed `sum(rate({app="x"}[5m]))`');
    expect(text).not.toContain("→");
  });
  test("two panels that are alike to the letter", () => {
    const panels = (...ids: number[]) =>
      one("d.json", {
        title: "D",
        panels: ids.map((id) => ({ type: "text", title: "Same", options: { content: `${id}` } })),
      });
    expect(changes(panels(1, 1, 2), panels(1, 1, 2))).toContain("Nothing changed");
    expect(changes(panels(1, 2), panels(1, 1, 2))).toMatch(/removed/);
  });
  test("240 dashboards of one uid and one title, moved", () => {
    const all = (folder: string) =>
      new Map(
        Array.from({ length: 240 }, (_, index) => [
          `${folder}/${index}.json`,
          JSON.stringify({ uid: "u", title: "T", panels: [{ id: 1, title: `${index}` }] }),
        ]),
      );
    const sections = compareStates(stateOf(all("a")), stateOf(all("b")));
    expect(sections).toHaveLength(240);
    expect(
      sections.flatMap(({ subjects }) =>
        subjects.flatMap(({ status, details }) => [status, ...details.map(({ what }) => what)]),
      ),
    ).toEqual(Array.from({ length: 240 }, () => ["changed", "file"]).flat());
    expect(compareStates(stateOf(all("a")), stateOf(all("a")))).toEqual([]);
  });
});

describe("documents of every kind", () => {
  test("answers of the API", async () => {
    expect(await lines("api-exports")).toEqual([
      "Alert rules",
      "  ~ rule “Errors”",
      "      condition: > 5 → > 50",
      "      for: 5 min → 1 min",
      "",
      "Notifications",
      "  ~ notification policy “of organisation 1”",
      "      route for team = b · for: team = a → team = b",
    ]);
  });
  const rule = (limit: number) =>
    `groups: [{name: g, rules: [{alert: A, expr: "sum(rate({app='x'}[5m])) > ${limit}"}]}]`;
  const v2 = (title: string, expr: string, group = "stat") => {
    const query = { kind: "PanelQuery", spec: { refId: "A", query: { group: "loki", spec: { expr } } } };
    const data = { kind: "QueryGroup", spec: { queries: [query] } };
    const item = { x: 0, y: 0, width: 12, height: 8, element: { name: "panel-1" } };
    const spec = {
      title: "T",
      elements: {
        "panel-1": { kind: "Panel", spec: { id: 1, title, data, vizConfig: { kind: "VizConfig", group, spec: {} } } },
      },
      layout: { kind: "GridLayout", spec: { items: [{ kind: "GridLayoutItem", spec: item }] } },
    };
    return JSON.stringify({
      apiVersion: "dashboard.grafana.app/v2",
      kind: "Dashboard",
      metadata: { name: "n" },
      spec,
    });
  };
  const configMap = (limit: number, a = "x") => `kind: ConfigMap\ndata:\n  a: ${a}\n  r.yaml: |\n    ${rule(limit)}\n`;
  const ruler = (limit: number) => `team: [{name: g, rules: [{alert: A, expr: "1 > ${limit}"}]}]`;
  test.each([
    ["a text in a ConfigMap", configMap(1), configMap(2), "query: `1` → `2`"],
    ["what stands beside it", configMap(1), configMap(1, "y"), "`data.a`: x → y"],
    ["a ruler's answer", ruler(2), ruler(3), "query: `2` → `3`"],
    ["schema v2", v2("P", "rate({a='b'}[5m])"), v2("P", "rate({a='b'}[1h])"), "window: 5 min → 1 h"],
    ["schema v2, a title", v2("P", "x"), v2("Q", "x"), "renamed, was “P”"],
    ["schema v2, a type", v2("P", "x"), v2("P", "x", "logs"), "type: stat → logs"],
  ])("%s", (_, before, after, expected) => {
    expect(changes(one("f.yaml", after), one("f.yaml", before))).toContain(expected);
  });
});

describe("what is shown", () => {
  test("a second word for what shares a title, digits of large numbers, text that stays text", async () => {
    const shown = await lines("misc");
    expect(shown.slice(0, 5)).toEqual([
      "Dashboard “D”",
      "  ~ panel “Same” (number 1)",
      '      query: added |= "é→\\n|`<b>*_[x](javascript:1)"',
      "  ~ panel “Same” (number 2)",
      '      query B: added sum(rate({app="b"}[5m]))',
    ]);
    const { out } = await compared("misc", "markdown");
    expect(out).toContain("**Same** (number 1)");
    expect(out).toContain("```` @everyone #1 fixes #2 <img src=x onerror=1> ``` ````");
    expect(out).toContain("**Inner \\| \\*bold\\* \\<script>**");
  });
  test("digits beyond 2^53, in words and in JSON", () => {
    const [before, after] = ["12345678901234567890", "12345678901234567891"].map((id) =>
      one("d.json", `{"title": "D", "id": ${id}, "panels": []}`),
    );
    expect(changes(after!, before!)).toContain("id: 12345678901234567890 → 12345678901234567891");
    const written = json(compareStates(stateOf(before!), stateOf(after!)), { from: "a", to: "b" });
    expect(written).toContain('"from": 12345678901234567890,');
    expect(() => JSON.parse(written)).not.toThrow();
  });
  test.each(["cyclic-anchor", "deep-json"])("%s is one sentence, status 2", async (name) => {
    const { status, out, err } = await compared(name);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toMatch(/^from\/\w+\.(?:json|yaml) cannot be taken \([^\n]+\); mend it or split it\.\n$/);
  });

  const SECRETS = ["SECRETONE", "tok-1", "KEY-1", "OG-1", "B:1", "hunter2"];
  const point = (name: string, ...receivers: readonly object[]) => ({ name, receivers });
  const points = (suffix: string) => {
    const slack = { url: `https://hooks.example.org/T0/SECRETONE${suffix}`, recipient: "#ops" };
    const webhook = {
      url: "https://a.example.org",
      authorization_credentials: `tok-1${suffix}`,
      password: "hunter2",
    };
    const [pagerduty, opsgenie] = [{ integrationKey: `KEY-1${suffix}` }, { apiKey: `OG-1${suffix}` }];
    const contactPoints = [
      point("chat", { uid: "s", type: "slack", settings: slack }),
      point("hook", { uid: "w", type: "webhook", settings: webhook }),
      point(
        "more",
        { uid: "p", type: "pagerduty", settings: pagerduty },
        { uid: "o", type: "opsgenie", settings: opsgenie },
      ),
      point("bot", { uid: "t", type: "telegram", settings: { bottoken: `B:1${suffix}`, chatid: "-100" } }),
    ];
    return { contactPoints };
  };
  test("secrets of contact points are masked, and their change is seen", () => {
    const [before, after] = [one("alerting/c.json", points("")), one("alerting/c.json", points("x"))];
    const report = compareStates(stateOf(before), stateOf(after));
    const all = [
      markdown(report, { from: "a", to: "b" }),
      json(report, { from: "a", to: "b" }),
      changes(after, new Map()),
      changes(one("alerting/c.yaml", `${JSON.stringify(points("")).slice(0, -1)}\n  :`), before),
    ].join("\n");
    for (const secret of SECRETS) expect(all).not.toContain(secret);
    const titles = report.flatMap(({ subjects }) => subjects.map(({ title }) => title));
    expect(titles).toEqual(["bot", "chat", "hook", "more"]);
    expect(all).toMatch(/hooks\.example\.org\/\[secret [0-9a-f]{4}\]/);
    const named = point("a", { settings: { password: "$SMTP" } });
    expect(stateOf(one("c.json", { contactPoints: [named] })).others[0]!.body).toMatchObject(named);
  });

  test("a comment that must be cut keeps a share for every section, alert rules first", () => {
    const state = (limit: number) =>
      new Map<string, string>([
        ...Array.from({ length: 8 }, (_, index): [string, string] => [
          `${index}.json`,
          JSON.stringify({
            uid: `${index}`,
            title: `D${index}`,
            panels: Array.from({ length: 300 }, (__, id) => ({
              id,
              type: "text",
              title: `P${id}`,
              options: { content: `${limit} ${"word ".repeat(40)} ${limit + id}` },
            })),
          }),
        ]),
        ["r.json", JSON.stringify({ groups: [{ name: "g", rules: [{ uid: "r", title: "R", for: `${limit}m` }] }] })],
      ]);
    const text = markdown(compareStates(stateOf(state(1)), stateOf(state(2))), { from: "a", to: "b" });
    expect(text.length).toBeLessThan(60_500);
    const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Alert rules", ...Array.from({ length: 8 }, (_, index) => `Dashboard “D${index}”`)]);
    const left = [...text.matchAll(/^(\d+) more changes? here did not fit/gm)].map(([, count]) => Number(count));
    const shown = [...text.matchAll(/^- Panel /gm)].length;
    expect(shown + left.reduce((sum, count) => sum + count, 0)).toBe(2400);
    expect(shown).toBeGreaterThan(200);
  });
});
