import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { milliseconds } from "../../../src/core/time.ts";
import { ingest } from "../../../src/producer/run/ingest.ts";
import { config } from "../../support/config.ts";
import { inputOf, memorySink } from "../records.ts";

const memory = memorySink();
const outcome = await ingest(
  { timestamps: "arrival", zone: "UTC", load: "sample" },
  {
    inputs: [inputOf(readFileSync(new URL("../../../samples/logs.jsonl", import.meta.url)))],
    connect: async () => memory.sink,
  },
);
const records = memory.records();
const newest = records.at(-1)?.fin ?? "";
const ageOf = ({ fin }: { fin: string }) => (milliseconds(newest) - milliseconds(fin)) / 1000;

test("the bundled sample has the known facts of the user's file", () => {
  expect(outcome).toEqual({
    read: 72,
    sent: { SUCCESS: 71, FAILED: 1 },
    rejected: 0,
    before: 0,
    errors: [],
    already: [],
  });
  expect(new Set(records.map(({ source }) => source))).toEqual(
    new Set(["zohoprojects", "zohobooks", "zohocrm", "PowerBI", "Efficy", "sharepoint_graph", "EasyProjects"]),
  );
  expect(new Set(records.map(({ entreprise, zone }) => `${entreprise} ${zone}`))).toEqual(new Set(["akonovia 1-Raw"]));
  const durations = records.flatMap(({ duree_s }) => duree_s ?? []);
  const memories = records.flatMap(({ memoire_octets }) => memoire_octets ?? []);
  expect([Math.min(...durations), Math.max(...durations), Math.min(...memories), Math.max(...memories)]).toEqual([
    0.8, 787, 0, 177_000_000,
  ]);
  expect(records.find(({ duree_s }) => duree_s === 787)).toMatchObject({ source: "EasyProjects", objet: "Timelogs" });
  expect(records.map(({ fin }) => fin)).toEqual(records.map(({ fin }) => fin).sort());
});

test("each duration is the time from start to end", () => {
  for (const { debut, fin, duree_s } of records)
    if (debut && duree_s !== undefined)
      expect(Math.abs((milliseconds(fin) - milliseconds(debut)) / 1000 - duree_s)).toBeLessThan(0.002);
});

test("a replay of it trips the alerts 1, 4 and 5", () => {
  const rules = config.rules;
  const [failed, slow, large, busy] = [
    records.filter(({ etat }) => etat === "FAILED"),
    records.filter(({ duree_s = 0 }) => duree_s > rules["4-latence-degradee"].p95.value),
    records.filter(({ memoire_octets = 0 }) => memoire_octets > rules["5-surconsommation-ressources"].memory.value),
    records.filter(({ cpu_s = 0 }) => cpu_s > rules["5-surconsommation-ressources"].cpu.value),
  ];
  expect(failed).toMatchObject([{ source: "sharepoint_graph", objet: "EventFactureApplication" }]);
  expect(failed.map(ageOf).every((age) => age < 60)).toBe(true);
  // They must stay in the 15 minutes of the rules for longer than the five minutes that the rules wait.
  for (const found of [slow, large, busy]) expect(Math.min(...found.map(ageOf))).toBeLessThan(8 * 60);
  expect(ageOf(records[0] ?? { fin: newest })).toBeGreaterThan(45 * 60);
  expect(ageOf(records[0] ?? { fin: newest })).toBeLessThan(50 * 60);
});
