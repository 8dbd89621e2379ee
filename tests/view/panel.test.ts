// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Grafana
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { streamsOf } from "../../src/logql/streams.ts";
import { dataOf } from "../../src/logs/data.ts";
import { eventsOf } from "../../src/view/annotations.ts";
import { hidesBars } from "../../src/view/chart.ts";
import { filled } from "../../src/view/fill.ts";
import { address } from "../../src/view/links.ts";
import { type Dashboard, readDashboard } from "../../src/view/model.ts";
import { panelData, type Question } from "../../src/view/panel.ts";
import { legendRows, plotOf } from "../../src/view/plot.ts";
import { notShown } from "../../src/view/support.ts";
import { filledShares, singles } from "../../src/view/values.ts";
import { shownVariables } from "../../src/view/variables.ts";
import { BUILD, dashboards } from "../support/built.ts";
import { sampleLines, sampleNumbers, sampleValues } from "../support/expected.ts";

const NOW = Date.UTC(2026, 10, 27, 12);
const HOUR = 3_600_000;
const built = dashboards.map(
  ({ uid }) => readDashboard(JSON.parse(readFileSync(join(BUILD, `grafana-provisioning/dashboards/${uid}.json`), "utf8"))) as Dashboard,
);
let streams: Question["streams"];
beforeAll(async () => {
  ({ streams } = await dataOf({ sample: true, follow: false, now: NOW }, { zone: "UTC", stdin: process.stdin }));
});
const question = (of: Dashboard, choice = {}): Question => ({
  streams,
  range: { from: NOW - HOUR, to: NOW },
  points: 1000,
  variables: of.templating.list,
  choice,
});

describe("every panel of build/ over the sample", () => {
  const panels = built.flatMap((of) => of.panels.map((panel) => ({ name: `${of.uid}/${panel.id}`, of, panel })));
  test.each(panels)("$name is drawn whole, and its instant queries say what the records say", ({ name, of, panel }) => {
    const { frames, error, notShown: missing } = panelData(panel, question(of));
    expect({ error, missing }).toEqual({ error: undefined, missing: [] });
    for (const { refId, queryType } of panel.targets) {
      const wanted = sampleNumbers[`${name}/${refId}`];
      if (queryType !== "instant" || !wanted || panel.transformations.length > 0) continue;
      const frame = frames.find((one) => one.refId === refId);
      const values = frame?.fields.find(({ type }) => type === "number")?.values ?? [];
      const keys = frame?.fields.find(({ type }) => type === "string")?.values ?? values.map(() => "");
      expect(Object.fromEntries(keys.map((key, index) => [key, values[index]]))).toEqual(
        Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key, expect.closeTo(value, 9)])),
      );
    }
    const lines = sampleLines[`${name}/A`];
    if (lines !== undefined) expect(frames[0]!.fields.every(({ values }) => values.length === lines)).toBe(true);
  });

  test.each(built)("$uid offers the values of its variables and finds its annotations", (of) => {
    const shown = shownVariables(question(of));
    for (const { name, options } of shown) if (sampleValues[name]) expect([...options].sort()).toEqual(sampleValues[name]);
    expect(shown.flatMap(({ notShown: missing }) => missing)).toEqual([]);
    const [failures] = eventsOf(of.annotations.list, question(of));
    expect(failures!.events).toHaveLength(sampleLines["annotation Échecs"]!);
    expect(failures!.events[0]).toMatchObject({ title: "Échec · sharepoint_graph · EventFactureApplication", tags: ["sharepoint_graph", "akonovia"] });
  });

  test("a choice narrows every query", () => {
    const of = built[0]!;
    const { frames } = panelData(of.panels[0]!, question(of, { source: ["Efficy"] }));
    expect(frames[0]!.fields.at(-1)!.values).toEqual([sampleNumbers["1-ingestion-health/7/A"]!.Efficy]);
  });
});

describe("variables in a query", () => {
  const variables = [
    { name: "source", type: "query", multi: true, includeAll: true, allValue: ".*", current: {} },
    { name: "texte", type: "textbox", multi: false, includeAll: false, query: "", current: {} },
  ] as unknown as Dashboard["templating"]["list"];
  const fill = (expr: string, choice: Record<string, readonly string[]>, instant = false) =>
    filled(expr, { range: { from: NOW - HOUR, to: NOW }, step: 5000, instant, variables, choice });
  test.each([
    ['{s=~"$source"}[$__auto]', { source: ["$__all"] }, '{s=~".*"}[5s]'],
    ['{s=~"$source"}[$__range]', { source: ["a", "b.c"] }, '{s=~"a|b\\\\.c"}[3600s]'],
    ['{s=~"${source}"} [[source]]', { source: ["a"] }, '{s=~"a"} a'],
    ['|~ "(?i)${texte:regex}"', { texte: ["a+b"] }, '|~ "(?i)a\\+b"'],
    ["`${texte:percentencode}`", { texte: ["é*"] }, "`%C3%A9%2A`"],
    ["${__to} - ${__from}", {}, `${NOW} - ${NOW - HOUR}`],
    ["$inconnue", {}, "$inconnue"],
  ] as const)("%s", (expr, choice, wanted) => expect(fill(expr, choice)).toBe(wanted));
  test("an instant query's $__auto is the whole range", () => expect(fill("[$__auto]", {}, true)).toBe("[3600s]"));
  test("a format that is not known is told", () => expect(() => fill("${texte:lucene}", { texte: ["x"] })).toThrow("lucene"));
});

const read = (panel: unknown) => (readDashboard({ uid: "x", title: "x", panels: [panel] }) as Dashboard).panels[0]!;
const given = (name: string, values: readonly (readonly [number, number])[], custom = {}, config = {}) => ({
  refId: "A",
  step: 60_000,
  fields: [
    { name: "Time", field: "Time", type: "time" as const, values: values.map(([time]) => time), labels: {}, config: {} },
    { name, field: "Value", type: "number" as const, values: values.map(([, value]) => value), labels: { source: name }, config: { custom, ...config } },
  ],
});

describe("series", () => {
  const sparse = [
    [0, 1],
    [60_000, 2],
    [300_000, 3],
  ] as const;
  test.each([
    [
      undefined,
      [
        [0, 1],
        [60_000, 2],
        [60_001, null],
        [300_000, 3],
      ],
    ],
    [true, sparse],
    [240_000, sparse],
    [
      180_000,
      [
        [0, 1],
        [60_000, 2],
        [60_001, null],
        [300_000, 3],
      ],
    ],
  ])("are broken at a gap unless spanNulls (%s) joins it", (spanNulls, wanted) => {
    expect(plotOf([given("a", sparse, { spanNulls })]).lines[0]!.points).toEqual(wanted);
  });
  test("that are stacked have a value wherever another one has", () => {
    const stacked = { drawStyle: "bars", stacking: { mode: "normal" } };
    const { lines } = plotOf([given("a", [[0, 1]], stacked), given("b", [[60_000, 2]], stacked)]);
    expect(lines.map(({ points }) => points)).toEqual([
      [
        [0, 1],
        [60_000, 0],
      ],
      [
        [0, 0],
        [60_000, 2],
      ],
    ]);
  });
  test("have an axis for each unit, side and label, with its thresholds", () => {
    const limit = {
      thresholds: {
        steps: [
          { value: null, color: "green" },
          { value: 60, color: "red" },
        ],
      },
    };
    const { axes } = plotOf([
      given("a", sparse, { thresholdsStyle: { mode: "dashed" } }, { unit: "s", ...limit }),
      given("b", sparse, {}, { unit: "s", ...limit, custom: { axisPlacement: "right" } }),
      given("c", sparse, { thresholdsStyle: { mode: "dashed" } }, { unit: "s", ...limit }),
    ]);
    expect(axes.map(({ side, limits }) => [side, limits])).toEqual([
      ["left", [{ value: 60, color: "#F2495C", dashed: true }]],
      ["right", []],
    ]);
  });
  test("thinner than half a pixel are not drawn as bars", () => {
    const bars = plotOf([
      given(
        "a",
        [
          [0, 1],
          [60_000, 2],
        ],
        { drawStyle: "bars" },
      ),
    ]);
    expect(hidesBars(bars, { width: 1000, range: { from: 0, to: 24 * HOUR } })).toBe(true);
    expect(hidesBars(bars, { width: 1000, range: { from: 0, to: HOUR } })).toBe(false);
    const wide = plotOf([
      given(
        "a",
        [
          [0, 1],
          [900_000, 2],
        ],
        { drawStyle: "bars", barWidthFactor: 0.9 },
      ),
    ]);
    expect(hidesBars(wide, { width: 1000, range: { from: 0, to: 24 * HOUR } })).toBe(false);
  });
  test("stand in the legend in its order, each with its calculations", () => {
    const plot = plotOf([
      given(
        "a",
        [
          [0, 5],
          [1, 1],
        ],
        {},
        { unit: "s" },
      ),
      given(
        "b",
        [
          [0, 2],
          [1, 3],
        ],
        {},
        { unit: "s" },
      ),
    ]);
    const rows = (options: object) => legendRows(plot, { calcs: ["lastNotNull", "max", "mean"], ...options }).map(({ line, values }) => [line.name, ...values]);
    expect(rows({})).toEqual([
      ["a", "1 s", "5 s", "3 s"],
      ["b", "3 s", "3 s", "2.50 s"],
    ]);
    expect(rows({ sortBy: "Last *", sortDesc: true }).map(([name]) => name)).toEqual(["b", "a"]);
    expect(rows({ sortBy: "Max", sortDesc: true }).map(([name]) => name)).toEqual(["a", "b"]);
  });
  test("keep one colour by name", () => {
    const byName = { color: { mode: "palette-classic-by-name" } };
    const [both, alone] = [[given("a", sparse, {}, byName), given("b", sparse, {}, byName)], [given("b", sparse, {}, byName)]].map(
      (frames) => plotOf(frames).lines.at(-1)!.color,
    );
    expect(both).toBe(alone);
  });
});

test("bars are filled between their own limits, or those of all", () => {
  const bars = (config: object) => filledShares(singles(read({ type: "bargauge" }), [given("a", [[0, 25]], {}, config), given("b", [[0, 100]], {}, config)]));
  expect(bars({ min: 0 })).toEqual([0.25, 1]);
  expect(bars({ min: 0, max: 50 })).toEqual([0.5, 1]);
});

test("links are filled with the values of their row", () => {
  const frame = given("zoho books", [[0, 25]]);
  const place = { frame, field: frame.fields[1]!, row: 0, timeRange: "from=now-6h&to=now", variables: "var-zone=a" };
  expect(address("/d/x?var-source=${__field.labels.source}&${__url_time_range}&${__all_variables}", place)).toBe(
    "/d/x?var-source=zoho%20books&from=now-6h&to=now&var-zone=a",
  );
  expect(address("${__data.fields.Value} ${__field.name} ${__autre}", place)).toBe("25 zoho%20books ${__autre}");
});

describe("what is not drawn is named", () => {
  test.each([
    [{ type: "gauge" }, ["le type de panneau « gauge »"]],
    [{ type: "stat", options: { graphMode: "area" } }, ['option graphMode = "area"']],
    [{ type: "timeseries", fieldConfig: { defaults: { custom: { fillBelowTo: "x", drawStyle: "line" } } } }, ['option de champ custom.fillBelowTo = "x"']],
    [{ type: "timeseries", fieldConfig: { defaults: { unit: "lengthkm" } } }, ['option de champ unit = "lengthkm"']],
    [{ type: "timeseries", fieldConfig: { overrides: [{ matcher: { id: "byValue", options: {} }, properties: [] }] } }, ["la règle de champ « byValue »"]],
    [{ type: "table", transformations: [{ id: "groupBy", options: {} }] }, ["la transformation « groupBy »"]],
    [
      { type: "stat", datasource: { type: "prometheus" }, targets: [{ refId: "A" }] },
      ["la source de données « prometheus »", "la requête A, qui n'est pas du LogQL"],
    ],
    [{ type: "stat", repeat: "source" }, ['option du panneau repeat = "source"']],
  ])("%j", (panel, wanted) => expect(notShown(read(panel))).toEqual(wanted));
});

test("a query that cannot be answered is told on its panel", () => {
  const panel = read({ type: "stat", targets: [{ refId: "A", expr: "sum by (", queryType: "instant" }] });
  const nothing = { streams: streamsOf(0n, []), range: { from: 0, to: 1000 }, points: 10, variables: [], choice: {} };
  expect(panelData(panel, nothing).error).toMatch(/^requête A : parse error/);
});

test("what is no dashboard is told in a sentence", () => {
  expect(readDashboard({ title: "x", panels: [] })).toMatch(/^it is no dashboard that the preview reads: uid:/);
});
