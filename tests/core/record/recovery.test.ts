import { expect, test } from "vitest";
import { applyChange, type OpenFailures, recovery } from "../../../src/core/record/recovery.ts";
import { failureMessages } from "../../../src/producer/state/fold.ts";
import type { NormalisedRecord } from "../../../src/schema.ts";

const run = (etat: "SUCCESS" | "FAILED", time: string, fields: Partial<NormalisedRecord> = {}): NormalisedRecord => ({
  etat,
  source: "Efficy",
  entreprise: "akonovia",
  zone: "1-Raw",
  objet: "Actions",
  fin: `2025-09-05T${time.padEnd(8, ":00").padEnd(9, ".").padEnd(15, "0")}Z`,
  ...fields,
});

/** `retablissement_s` of each run, in file order, and what stays open. */
function recoveries(runs: NormalisedRecord[], open: OpenFailures = new Map()): (number | undefined)[] {
  return runs.map((each) => {
    const { record, change } = recovery(open, each);
    if (change) applyChange(open, change);
    return record.retablissement_s;
  });
}

test.each<[string, NormalisedRecord[], (number | undefined)[]]>([
  ["no failure", [run("SUCCESS", "10:00"), run("SUCCESS", "11:00")], [undefined, undefined]],
  [
    "the first success after a failure",
    [run("FAILED", "10:00"), run("SUCCESS", "10:30"), run("SUCCESS", "11:00")],
    [undefined, 1800, undefined],
  ],
  [
    "from the first of several failures",
    [run("FAILED", "10:00"), run("FAILED", "10:10"), run("SUCCESS", "10:30")],
    [undefined, undefined, 1800],
  ],
  [
    "twice",
    [run("FAILED", "10:00"), run("SUCCESS", "10:01"), run("FAILED", "10:02"), run("SUCCESS", "10:04")],
    [undefined, 60, undefined, 120],
  ],
  ["never negative", [run("FAILED", "10:00"), run("SUCCESS", "09:00")], [undefined, 0]],
  ["to the microsecond", [run("FAILED", "10:00:00.000001"), run("SUCCESS", "10:00:01.100000")], [undefined, 1.099999]],
  [
    "another object does not count",
    [run("FAILED", "10:00"), run("SUCCESS", "10:01", { objet: "Companies" })],
    [undefined, undefined],
  ],
  [
    "another company does not count",
    [run("FAILED", "10:00"), run("SUCCESS", "10:01", { entreprise: "autre" })],
    [undefined, undefined],
  ],
  ["another zone does", [run("FAILED", "10:00"), run("SUCCESS", "10:01", { zone: "2-Clean" })], [undefined, 60]],
])("%s", (_name, runs, expected) => expect(recoveries(runs)).toEqual(expected));

test("a failure of an earlier run of the producer", () => {
  const open = new Map([['["akonovia","Efficy","Actions"]', "2025-09-04T10:00:00.000000Z"]]);
  expect(recoveries([run("SUCCESS", "10:00")], open)).toEqual([86_400]);
  expect(open.size).toBe(0);
});

test("the recovery stands before the lot", () => {
  const open = new Map([['["akonovia","Efficy","Actions"]', "2025-09-05T09:59:59.500000Z"]]);
  const { record } = recovery(open, run("SUCCESS", "10:00", { lot: "logs-2025-09-05" }));
  expect(Object.entries(record).slice(-2)).toEqual([
    ["retablissement_s", 0.5],
    ["lot", "logs-2025-09-05"],
  ]);
});

test("the stored changes are the last of each key, a tombstone for a recovery", () => {
  const open: OpenFailures = new Map();
  const runs = [
    run("FAILED", "10:00"),
    run("SUCCESS", "10:01"),
    run("FAILED", "10:02", { objet: "Companies" }),
    run("FAILED", "10:03", { objet: "Companies" }),
    run("SUCCESS", "10:04", { objet: "Users" }),
  ];
  const changes = runs.map((each) => {
    const { change } = recovery(open, each);
    if (change) applyChange(open, change);
    return change;
  });
  expect(failureMessages(changes)).toEqual([
    { key: '["akonovia","Efficy","Actions"]', value: null },
    { key: '["akonovia","Efficy","Companies"]', value: '{"fin":"2025-09-05T10:02:00.000000Z"}' },
  ]);
});
