import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { streamsOf } from "../../src/logql/streams.ts";
import { dataOf } from "../../src/logs/data.ts";
import { eventsOf } from "../../src/view/annotations.ts";
import { type Dashboard, readDashboard } from "../../src/view/model.ts";
import { panelData, type Question } from "../../src/view/panel.ts";
import { shownVariables } from "../../src/view/variables.ts";
import { BUILD, dashboards } from "../support/built.ts";
import { sampleLines, sampleNumbers, sampleValues } from "../support/expected.ts";
import { readPanel } from "./frames.ts";

const NOW = Date.UTC(2026, 10, 27, 12);
const HOUR = 3_600_000;
const built = dashboards.map(
  ({ uid }) =>
    readDashboard(
      JSON.parse(readFileSync(join(BUILD, `grafana-provisioning/dashboards/${uid}.json`), "utf8")),
    ) as Dashboard,
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
    for (const { name, options } of shown)
      if (sampleValues[name]) expect([...options].sort()).toEqual(sampleValues[name]);
    expect(shown.flatMap(({ notShown: missing }) => missing)).toEqual([]);
    const [failures] = eventsOf(of.annotations.list, question(of));
    expect(failures!.events).toHaveLength(sampleLines["annotation Échecs"]!);
    expect(failures!.events[0]).toMatchObject({
      title: "Échec · sharepoint_graph · EventFactureApplication",
      tags: ["sharepoint_graph", "akonovia"],
    });
  });

  test("a choice narrows every query", () => {
    const of = built[0]!;
    const { frames } = panelData(of.panels[0]!, question(of, { source: ["Efficy"] }));
    expect(frames[0]!.fields.at(-1)!.values).toEqual([sampleNumbers["1-ingestion-health/7/A"]!.Efficy]);
  });
});

test("rows that a query sorts stand in its order, others in that of their labels", () => {
  const counts = Object.entries(sampleNumbers["1-ingestion-health/7/A"]!);
  const count = 'sum by (source) (count_over_time({job="kafka-logs", etat=~"SUCCESS|FAILED"}[$__range]))';
  const rows = (expr: string) => {
    const panel = readPanel({ type: "stat", targets: [{ refId: "A", expr, queryType: "instant" }] });
    const [, sources, values] = panelData(panel, question(built[0]!)).frames[0]!.fields;
    return sources!.values.map((source, index) => [source, values!.values[index]] as const);
  };
  expect(rows(count)).toEqual([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  expect(rows(`sort_desc(${count})`).map(([, value]) => value)).toEqual(
    counts.map(([, value]) => value).sort((a, b) => b - a),
  );
});

test("a query that cannot be answered is told on its panel", () => {
  const panel = readPanel({ type: "stat", targets: [{ refId: "A", expr: "sum by (", queryType: "instant" }] });
  const nothing = { streams: streamsOf(0n, []), range: { from: 0, to: 1000 }, points: 10, variables: [], choice: {} };
  expect(panelData(panel, nothing).error).toMatch(/^requête A : parse error/);
});

test("what is no dashboard is told in a sentence", () => {
  expect(readDashboard({ title: "x", panels: [] })).toMatch(/^it is no dashboard that the preview reads: uid:/);
});
