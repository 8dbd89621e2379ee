import { expect, test } from "vitest";
import { recordLabels, rejectLabels } from "../../../src/core/record/labels.ts";

const record = { etat: "FAILED", source: "zohobooks", entreprise: "akonovia", zone: "1-Raw", objet: "o" };
const labelsOf = (fields: object) => recordLabels(Buffer.from(JSON.stringify({ ...record, ...fields })));
const usual = { job: "kafka-logs", etat: "FAILED", source: "zohobooks", entreprise: "akonovia", zone: "1-Raw" };

test("a valid record has the labels of the schema, lot only when it has one", () => {
  expect(labelsOf({})).toEqual(usual);
  expect(labelsOf({ lot: "archives-2025-09-05" })).toEqual({ ...usual, lot: "archives-2025-09-05" });
});

test.each([
  ["an unknown state", { etat: "success" }, { ...usual, etat: "INVALID" }],
  ["no state", { etat: undefined }, { ...usual, etat: "INVALID" }],
  ["no source", { source: undefined }, { job: "kafka-logs", etat: "INVALID", entreprise: "akonovia", zone: "1-Raw" }],
  ["an empty zone", { zone: "" }, { job: "kafka-logs", etat: "INVALID", source: "zohobooks", entreprise: "akonovia" }],
])("%s is INVALID, with the labels that it has", (_, fields, labels) => {
  expect(labelsOf(fields)).toEqual(labels);
});

test.each([
  "",
  "ceci n'est pas du JSON",
  "[]",
  "null",
  "1",
  '{"etat":"SUCCESS"',
  `[${JSON.stringify(record)}]`,
  `${JSON.stringify(record)} x`,
  '{"source":1e400}',
])("%j is INVALID without labels", (line) => {
  expect(recordLabels(Buffer.from(line))).toEqual({ job: "kafka-logs", etat: "INVALID" });
});

test.each([
  [1.5, "1.5"],
  [-0, "0"],
  [1e21, "1000000000000000000000"],
  [-1.25e-7, "-0.000000125"],
  [5e-324, `0.${"0".repeat(323)}5`],
  [true, "true"],
  [false, "false"],
  [["a", 1], "[_a_,1]"],
  [{ a: "<" }, "{_a_:_\\u003c_}"],
  ["a\ufffd\ufffdb", "a_b"],
  ['a"\n$__range', "a_range"],
])("the label of %j is %j", (value, text) => {
  expect(labelsOf({ source: value })).toEqual({ ...usual, source: text });
});

test("bytes that are no UTF-8 become one underscore", () => {
  const line = Buffer.from(JSON.stringify(record).replace("zohobooks", "caf\u00e9"), "latin1");
  expect(recordLabels(line)).toEqual({ ...usual, source: "caf_" });
});

test("every reject has the job alone", () => {
  expect(rejectLabels).toEqual({ job: "kafka-rejets" });
});
