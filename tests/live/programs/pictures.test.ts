import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { config } from "../../../src/config.ts";
import { ownProgram } from "../../../src/stack/own-program.ts";
import { folderOfFile } from "../../support/folder.ts";
import { allRuns } from "../preview/expected.ts";

const FOLDER = fileURLToPath(new URL("../../../docs/pictures", import.meta.url));
const NOW = Date.UTC(2026, 10, 27, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const folder = folderOfFile();
execFileSync(process.execPath, ownProgram("pictures", "--no-screens", "--out", folder));
const drawn = readdirSync(folder);
const committed = readdirSync(FOLDER);
const valuesIn = (where: string, name: string) => JSON.parse(readFileSync(join(where, name), "utf8"));
const read = (name: string) => valuesIn(FOLDER, name);

describe("the pictures of the documentation", () => {
  test("are all there, and no others", () => {
    const names = drawn.filter((name) => name.endsWith(".svg"));
    expect(committed.filter((name) => name.endsWith(".svg")).sort(), "npm run pictures").toEqual(names.sort());
  });
  test.each(drawn.filter((name) => name.endsWith(".json")))("%s holds what is drawn today", (name) => {
    expect(read(name), "npm run pictures").toEqual(valuesIn(folder, name));
  });
  test("each screen has its values beside it", () => {
    const screens = committed.filter((name) => name.endsWith(".png") && !name.startsWith("grafana-"));
    expect(screens.map((name) => name.replace(".png", ".json")).filter((name) => !committed.includes(name))).toEqual(
      [],
    );
    expect(screens.length).toBe(6);
  });
  test("hold no script, no style sheet and no address", () => {
    for (const name of drawn.filter((one) => one.endsWith(".svg")))
      expect(readFileSync(join(folder, name), "utf8"), name).not.toMatch(/<script|<style|https?:\/\/(?!www\.w3\.org)/);
  });
});

const runs = allRuns();
/** The p95 of a source's durations over the 15 minutes before a moment, straight between the two nearest. */
function p95(source: string, at: number): number | undefined {
  const values = runs
    .filter((run) => run.source === source && run.time > at - 15 * MINUTE && run.time <= at)
    .flatMap(({ seconds }) => seconds ?? [])
    .sort((a, b) => a - b);
  if (values.length === 0) return undefined;
  const rank = 0.95 * (values.length - 1);
  return values[Math.floor(rank)]! + (values[Math.ceil(rank)]! - values[Math.floor(rank)]!) * (rank % 1);
}

describe("the values of a picture are those of the records", () => {
  const { series, axes } = read("1-ingestion-health-4.json");
  // A source that is never silent has a point at every step of the day, both ends included.
  const step = (24 * HOUR) / (Math.max(...series.map(({ points }: { points: number }) => points)) - 1);
  test.each(series as { name: string; hourly: number[] }[])(
    "$name, the largest p95 of the last three hours",
    ({ name, hourly }) => {
      for (const hour of [21, 22, 23]) {
        const from = NOW - 24 * HOUR + hour * HOUR;
        const moments = Array.from({ length: HOUR / step }, (_, index) => from + index * step);
        const values = moments.flatMap((moment) => p95(name, moment) ?? []);
        if (values.length === 0) {
          expect(hourly[hour], `hour ${hour}`).toBeNull();
          continue;
        }
        const largest = Math.max(...values);
        expect(Math.abs(hourly[hour]! / largest - 1), `hour ${hour}`).toBeLessThan(1e-5);
      }
    },
  );
  test("the threshold is the configuration's", () => {
    expect(axes[0].thresholds).toEqual([config.rules["4-latence-degradee"].p95.value]);
  });
  test("rule 1 first fires at the minute after the first failure of each source", () => {
    const { instances, range } = read("alerte-1-echec-detecte.json");
    const from = Date.parse(range.from);
    const first = new Map<string, number>();
    for (const { source, etat, time } of runs.toSorted((a, b) => a.time - b.time))
      if (etat === "FAILED" && time > from && time <= NOW && !first.has(source)) first.set(source, time);
    const shown = instances.map(({ name, fired }: { name: string; fired: string[][] }) => [name, fired[0]?.[0]]);
    const wanted = [...first].map(([source, time]) => [
      source,
      new Date(Math.ceil(time / MINUTE) * MINUTE).toISOString(),
    ]);
    expect(shown.sort()).toEqual(wanted.sort());
  });
});
