import { expect, test } from "vitest";
import { dataOf } from "../../src/logs/data.ts";
import { madeUpWeek } from "../../src/logs/week.ts";

const NOW = Date.UTC(2026, 10, 27, 12);
const HOUR = 3_600_000;
type Raw = Record<"Source" | "Objet" | "Etat" | "Fin", string> & {
  "Duree secondes"?: number;
  "memory_used (bytes)"?: number;
};
const finOf = ({ Fin }: Raw) => {
  const [, day, month, year, clock] = /^(\d\d)-(\d\d)-(\d{4}) (.{12})/.exec(Fin)!;
  return Date.parse(`${year}-${month}-${day}T${clock}Z`);
};

const lines = madeUpWeek(NOW);

test("the made-up week is the same for the same moment, and has failures, silences, slow and greedy runs of seven sources", () => {
  expect(madeUpWeek(NOW).join("\n") === lines.join("\n")).toBe(true);
  const runs = lines.map((line) => JSON.parse(line) as Raw);
  expect(new Set(runs.map(({ Source }) => Source)).size).toBe(7);
  const times = runs.map(finOf);
  expect(times.every((time, index) => index === 0 || times[index - 1]! <= time)).toBe(true);
  expect(times[0]).toBeLessThan(NOW - 7 * 24 * HOUR);
  const efficy = runs.filter(({ Source }) => Source === "Efficy").map(finOf);
  expect(Math.max(...efficy.slice(1).map((time, index) => time - efficy[index]!)) / HOUR).toBeGreaterThan(4);
  const failed = runs.filter(({ Etat }) => Etat === "FAILED").length / runs.length;
  expect(failed).toBeGreaterThan(0.002);
  expect(failed).toBeLessThan(0.02);
  expect(Math.max(...runs.map((run) => run["Duree secondes"] ?? 0))).toBeGreaterThan(20);
  expect(Math.max(...runs.map((run) => run["memory_used (bytes)"] ?? 0))).toBeGreaterThan(150e6);
});

test("every made-up line is a record that the producer takes, beside the 72 of the sample", async () => {
  const { streams, notices } = await dataOf(
    { sample: false, follow: false, now: NOW },
    { zone: "UTC", stdin: process.stdin },
  );
  expect(notices).toEqual([]);
  expect(streams.streams.reduce((sum, { times }) => sum + times.length, 0)).toBe(lines.length + 72);
});
