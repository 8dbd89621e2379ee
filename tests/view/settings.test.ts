import { expect, test } from "vitest";
import { withSettings } from "../../src/view/fields.ts";
import type { Frame } from "../../src/view/frames.ts";
import { transformed } from "../../src/view/transformations.ts";
import { filledShares, singles } from "../../src/view/values.ts";
import { field, frame, given, readPanel } from "./frames.ts";

const ages = frame(
  "A",
  field("source", "string", "a", "b", "c"),
  field("age", "number", 15, 50, 30),
  field("silence", "number", 60, 100, null),
);
const after = (frames: readonly Frame[], id: string, options: Record<string, unknown>) =>
  transformed(frames, [{ id, options, disabled: false }]);
const maxOf = (frames: readonly Frame[], settings: Parameters<typeof withSettings>[1]) =>
  frames.flatMap((one) => withSettings(one, settings).fields.map(({ name, config }) => [name, config.max]));
const defaults = { defaults: { max: 1000 }, overrides: [] };

const mappings = [
  { fieldName: "source", handlerKey: "field.name" },
  { fieldName: "age", handlerKey: "field.value" },
  { fieldName: "silence", handlerKey: "max" },
];

test("a bar's maximum may come from its own row; an override counts more, the panel's default less", () => {
  const bars = after([ages], "rowsToFields", { mappings });
  expect(maxOf(bars, defaults)).toEqual([
    ["a", 60],
    ["b", 100],
    ["c", 1000],
  ]);
  const override = { matcher: { id: "byName", options: "b" }, properties: [{ id: "max", value: 200 }] };
  expect(maxOf(bars, { ...defaults, overrides: [override] })[1]).toEqual(["b", 200]);
  const shown = bars.map((one) => withSettings(one, { defaults: { min: 0 }, overrides: [] }));
  const options = { reduceOptions: { values: false, calcs: ["lastNotNull"] } };
  // 15 of 60, 50 of 100, and 30 of the largest value where there is no maximum.
  expect(filledShares(singles(readPanel({ type: "bargauge", options }), shown))).toEqual([0.25, 0.5, 0.6]);
});

test("a column called as a setting is one, and a threshold of a row colours it", () => {
  const named = frame(
    "A",
    field("source", "string", "a"),
    field("age", "number", 15),
    field("max", "number", 60),
    field("threshold1", "number", 45),
  );
  const [bar] = after([named], "rowsToFields", { mappings: mappings.slice(0, 2) });
  expect(bar!.fields).toMatchObject([{ name: "a", values: [15], config: { max: 60 } }]);
  const steps = [
    { value: null, color: "green" },
    { value: 45, color: "red" },
  ];
  expect(bar!.fields[0]!.config!.thresholds!.steps).toEqual(steps);
});

test("configFromData sets the others' fields from one query's answer, which is then gone", () => {
  const limits = frame("B", field("silence", "number", 60, 75));
  const values = frame("A", field("Time", "time", 1), field("age", "number", 15));
  const options = { configRefId: "B", mappings: [{ fieldName: "silence", handlerKey: "max", reducerId: "min" }] };
  expect(maxOf(after([values, limits], "configFromData", options), { defaults: {}, overrides: [] })).toEqual([
    ["Time", undefined],
    ["age", 60],
  ]);
  const applyTo = { id: "byName", options: "other" };
  const none = after([values, limits], "configFromData", { ...options, applyTo });
  expect(maxOf(none, { defaults: {}, overrides: [] }).map(([, max]) => max)).toEqual([undefined, undefined]);
});

test("bars are filled between their own limits, or those of all", () => {
  const bars = (config: object) =>
    filledShares(
      singles(readPanel({ type: "bargauge" }), [given("a", { 0: 25 }, {}, config), given("b", { 0: 100 }, {}, config)]),
    );
  expect(bars({ min: 0 })).toEqual([0.25, 1]);
  expect(bars({ min: 0, max: 50 })).toEqual([0.5, 1]);
});
