import { describe, expect, test } from "vitest";
import { notShown } from "../../src/view/support.ts";
import { readPanel } from "./frames.ts";

describe("what is not drawn is named", () => {
  test.each([
    [{ type: "gauge" }, ["le type de panneau « gauge »"]],
    [{ type: "stat", options: { graphMode: "area" } }, ['option graphMode = "area"']],
    [
      { type: "timeseries", fieldConfig: { defaults: { custom: { fillBelowTo: "x", drawStyle: "line" } } } },
      ['option de champ custom.fillBelowTo = "x"'],
    ],
    [{ type: "timeseries", fieldConfig: { defaults: { unit: "lengthkm" } } }, ['option de champ unit = "lengthkm"']],
    [
      { type: "timeseries", fieldConfig: { overrides: [{ matcher: { id: "byValue", options: {} }, properties: [] }] } },
      ["la règle de champ « byValue »"],
    ],
    [{ type: "table", transformations: [{ id: "groupBy", options: {} }] }, ["la transformation « groupBy »"]],
    [
      { type: "stat", datasource: { type: "prometheus" }, targets: [{ refId: "A" }] },
      ["la source de données « prometheus »", "la requête A, qui n'est pas du LogQL"],
    ],
    [
      {
        type: "bargauge",
        transformations: [
          { id: "rowsToFields", options: { mappings: [{ fieldName: "x", handlerKey: "mappings.text" }] } },
        ],
      },
      ["« mappings.text » de la transformation « rowsToFields »"],
    ],
    [
      {
        type: "stat",
        transformations: [
          { id: "configFromData", options: { mappings: [{ fieldName: "x", handlerKey: "max", reducerId: "p95" }] } },
          { id: "reduce", options: { reducers: ["max", "stdDev"] } },
        ],
      },
      ["« p95 » de la transformation « configFromData »", "« stdDev » de la transformation « reduce »"],
    ],
    [
      { type: "stat", targets: [{ refId: "A", expr: "x", step: "5m", resolution: 2 }] },
      ['option step = "5m" de la requête A', "option resolution = 2 de la requête A"],
    ],
    [{ type: "text", options: { mode: "markdown", content: "pour $source" } }, ['option content = "pour $source"']],
    [
      { type: "table", fieldConfig: { defaults: { custom: { cellOptions: { type: "gauge" } } } } },
      ['option de champ custom.cellOptions = {"type":"gauge"}'],
    ],
    [{ type: "stat", repeat: "source" }, ['option du panneau repeat = "source"']],
  ])("%j", (panel, wanted) => expect(notShown(readPanel(panel))).toEqual(wanted));
  test.each([
    {
      type: "timeseries",
      maxDataPoints: 120,
      interval: "1m",
      fieldConfig: {
        defaults: {
          custom: {
            drawStyle: "bars",
            barWidthFactor: 0.9,
            fillOpacity: 80,
            lineWidth: 0,
            showPoints: "never",
            spanNulls: 1_800_000,
          },
        },
      },
    },
    {
      type: "timeseries",
      options: { legend: { displayMode: "table", sortBy: "Last *", sortDesc: true, calcs: ["lastNotNull"] } },
    },
    {
      type: "stat",
      options: { colorMode: "value", graphMode: "none" },
      fieldConfig: { defaults: { noValue: "aucun échec" } },
    },
    {
      type: "table",
      fieldConfig: {
        overrides: [
          {
            matcher: { id: "byName", options: "Ligne" },
            properties: [
              { id: "custom.width", value: 165 },
              { id: "custom.hidden", value: true },
              { id: "custom.inspect", value: true },
              { id: "color", value: { mode: "fixed", fixedColor: "blue" } },
            ],
          },
        ],
      },
    },
    { type: "text", options: { mode: "markdown", content: "**Rien**" } },
  ])("all of it is drawn: %j", (panel) => expect(notShown(readPanel(panel))).toEqual([]));
});
