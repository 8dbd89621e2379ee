import { describe, expect, test } from "vitest";
import { type Frame, nameOf } from "../../src/view/frames.ts";
import { transformed } from "../../src/view/transformations.ts";
import { field, frame } from "./frames.ts";

/** Columns by name. */
const columnsAfter = (
  frames: readonly Frame[],
  ...steps: readonly (readonly [id: string, options: Record<string, unknown>])[]
) =>
  transformed(
    frames,
    steps.map(([id, options]) => ({ id, options, disabled: false })),
  ).map(({ fields }) => fields.map((one) => [nameOf(one), ...one.values]));

/** Columns as `columnsAfter` gives them. */
const table = (columns: Readonly<Record<string, readonly unknown[]>>) =>
  Object.entries(columns).map(([name, values]) => [name, ...values]);

const A = frame(
  "A",
  field("Time", "time", 5, 5),
  field("source", "string", "a", "b"),
  field("Value #A", "number", 1, 2),
);
const B = frame(
  "B",
  field("Time", "time", 5, 5),
  field("source", "string", "b", "c"),
  field("Value #B", "number", 20, 30),
);

describe("transformations", () => {
  test("merge joins rows that agree in the shared columns", () => {
    expect(columnsAfter([A, B], ["merge", {}])).toEqual([
      table({ Time: [5, 5, 5], source: ["a", "b", "c"], "Value #A": [1, 2, null], "Value #B": [null, 20, 30] }),
    ]);
    expect(columnsAfter([A], ["merge", {}])).toEqual(columnsAfter([A]));
    expect(columnsAfter([], ["merge", {}])).toEqual([]);
  });
  test("organize hides, orders and renames; what it does not name stands last", () => {
    const options = {
      excludeByName: { Time: true },
      indexByName: { "Value #A": 0 },
      renameByName: { "Value #A": "Exécutions" },
    };
    expect(columnsAfter([A], ["organize", options])).toEqual([table({ Exécutions: [1, 2], source: ["a", "b"] })]);
  });
  test("extractFields reads JSON, filterFieldsByName keeps, convertFieldType reads numbers and times", () => {
    const logs = frame(
      "A",
      field("labels", "other", { fin: "2026-11-27T12:00:00Z", duree_s: "1.5" }, { duree_s: "" }),
      field("Line", "string", "x", "y"),
    );
    const steps = [
      ["extractFields", { source: "labels", format: "json" }],
      ["filterFieldsByName", { include: { names: ["Line", "fin", "duree_s", "absent"] } }],
      [
        "convertFieldType",
        {
          conversions: [
            { targetField: "fin", destinationType: "time" },
            { targetField: "duree_s", destinationType: "number" },
          ],
        },
      ],
    ] as const;
    expect(columnsAfter([logs], ...steps)).toEqual([
      table({ Line: ["x", "y"], fin: [Date.UTC(2026, 10, 27, 12), null], duree_s: [1.5, null] }),
    ]);
    const text = frame("A", field("Line", "string", '{"a":1}', "no JSON"));
    expect(columnsAfter([text], ["extractFields", { source: "Line", replace: true }])).toEqual([[["a", 1, null]]]);
  });
  test("filterFieldsByName takes a pattern, and excludes", () => {
    expect(columnsAfter([A], ["filterFieldsByName", { include: { pattern: "/^Value/" } }])).toEqual([
      [["Value #A", 1, 2]],
    ]);
    expect(
      columnsAfter([A], ["filterFieldsByName", { exclude: { names: ["Time"] } }])[0]!.map(([name]) => name),
    ).toEqual(["source", "Value #A"]);
  });
  test("reduce makes a row of each number field", () => {
    const series = frame("A", field("Time", "time", 1, 2, 3), field("v", "number", 4, 6, null));
    expect(columnsAfter([series], ["reduce", { reducers: ["max", "mean", "lastNotNull"] }])).toEqual([
      table({ Field: ["v"], Max: [6], Moyenne: [5], "Dernier *": [6] }),
    ]);
    expect(columnsAfter([series], ["reduce", { mode: "reduceFields", reducers: ["sum"] }])).toEqual([[["v", 10]]]);
  });
  test("rowsToFields makes a field of each row; sortBy orders rows", () => {
    const mappings = [
      { fieldName: "source", handlerKey: "field.name" },
      { fieldName: "Value #A", handlerKey: "field.value" },
    ];
    expect(columnsAfter([A], ["rowsToFields", { mappings }])).toEqual([table({ a: [1], b: [2] })]);
    expect(columnsAfter([A], ["sortBy", { sort: [{ field: "Value #A", desc: true }] }])[0]![1]).toEqual([
      "source",
      "b",
      "a",
    ]);
  });
  test("joinByField puts tables side by side, with all values or those that every table has", () => {
    expect(columnsAfter([A, B], ["joinByField", { byField: "source" }])).toEqual([
      [
        ["source", "a", "b", "c"],
        ["Time", 5, 5, null],
        ["Value #A", 1, 2, null],
        ["Time", null, 5, 5],
        ["Value #B", null, 20, 30],
      ],
    ]);
    const inner = columnsAfter([A, B], ["joinByField", { byField: "source", mode: "inner" }]);
    expect(inner[0]!.map(([name, ...values]) => [name, ...values])).toEqual([
      ["source", "b"],
      ["Time", 5],
      ["Value #A", 2],
      ["Time", 5],
      ["Value #B", 20],
    ]);
    const early = frame("A", field("Time", "time", 3, 1), field("v", "number", 30, 10));
    const late = frame("B", field("Time", "time", 2), field("w", "number", 20));
    expect(columnsAfter([early, late], ["joinByField", {}])).toEqual([
      table({ Time: [1, 2, 3], v: [10, null, 30], w: [null, 20, null] }),
    ]);
  });
  test("filterByValue keeps or drops rows, limit the first of them", () => {
    const counts = frame("A", field("source", "string", "a", "b", "c"), field("n", "number", 0, 7, null));
    const some = { fieldName: "n", config: { id: "greater", options: { value: 0 } } };
    const sources = (...steps: readonly (readonly [string, Record<string, unknown>])[]) =>
      columnsAfter([counts], ...steps)[0]![0]!.slice(1);
    expect(sources(["filterByValue", { filters: [some], type: "include", match: "any" }])).toEqual(["b"]);
    expect(sources(["filterByValue", { filters: [some], type: "exclude", match: "any" }])).toEqual(["a", "c"]);
    const both = [some, { fieldName: "n", config: { id: "isNull" } }];
    expect(sources(["filterByValue", { filters: both, type: "include", match: "any" }])).toEqual(["b", "c"]);
    expect(sources(["filterByValue", { filters: both, type: "include", match: "all" }])).toEqual([]);
    expect(sources(["limit", { limitField: 2 }])).toEqual(["a", "b"]);
    expect(sources(["limit", { limitField: "9" }])).toEqual(["a", "b", "c"]);
  });
  test("renameByRegex renames what its pattern finds", () => {
    const [after] = columnsAfter([A], ["renameByRegex", { regex: "Value #(.*)", renamePattern: "Requête $1" }]);
    expect(after!.map(([name]) => name)).toEqual(["Time", "source", "Requête A"]);
  });
});
