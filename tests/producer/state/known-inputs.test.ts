import { expect, test } from "vitest";
import { fingerprint } from "../../../src/producer/inputs/fingerprint.ts";
import { knownInputs } from "../../../src/producer/state/known-inputs.ts";

const HOUR = 3_600_000;

test("what is noted is known, by its version, through every growth of the table", () => {
  const inputs = knownInputs();
  const keys = Array.from({ length: 50_000 }, (_, index) => `s3://b/p/${index}.json`);
  for (const [index, key] of keys.entries()) inputs.note(key, index % 10 === 0 ? undefined : `"v${index}"`, HOUR);
  expect(keys.every((key) => inputs.has(key))).toBe(true);
  expect(keys.filter((key, index) => inputs.isDone(key, `"v${index}"`)).length).toBe(45_000);
  expect(keys.some((key) => inputs.isDone(key, '"another"'))).toBe(false);
  expect(Array.from({ length: 50_000 }, (_, index) => `s3://b/q/${index}.json`).some((key) => inputs.has(key))).toBe(
    false,
  );
});

test("the last note counts, and what is dropped is not known until it is noted again", () => {
  const inputs = knownInputs();
  inputs.note("a", '"1"', HOUR);
  inputs.note("a", '"2"', HOUR);
  expect([inputs.isDone("a", '"1"'), inputs.isDone("a", '"2"')]).toEqual([false, true]);
  inputs.drop("a");
  expect([inputs.has("a"), inputs.isDone("a", '"2"')]).toEqual([false, false]);
  inputs.note("a", undefined, HOUR);
  expect([inputs.has("a"), inputs.isDone("a", '"2"')]).toEqual([true, false]);
});

test("what may be forgotten was noted long ago, and not seen since the last look", () => {
  const inputs = knownInputs();
  for (const key of ["old", "listed"]) inputs.note(key, '"1"', HOUR);
  inputs.note("young", '"1"', 100 * HOUR);
  inputs.see("listed");
  const forgettable = () => ["old", "listed", "young"].filter((key) => inputs.isForgettable(key, 50 * HOUR));
  expect(forgettable()).toEqual(["old"]);
  inputs.lookAfresh();
  expect(forgettable()).toEqual(["old", "listed"]);
  inputs.see("old");
  inputs.see("listed");
  expect([inputs.anyForgettable(50 * HOUR), inputs.anyForgettable(200 * HOUR)]).toEqual([false, true]);
  // A note does not undo that it was seen.
  inputs.note("listed", '"2"', HOUR);
  expect(inputs.anyForgettable(50 * HOUR)).toBe(false);
});

test("fingerprints of like texts differ in both halves, and spread evenly", () => {
  const all = Array.from({ length: 100_000 }, (_, index) =>
    fingerprint(`s3://bucket/source=${index % 7}/2026-11-27T${index}.json`),
  );
  expect(new Set(all.map(([low, high]) => `${low} ${high}`)).size).toBe(all.length);
  for (const half of [0, 1] as const) {
    // Of 100 000 numbers below 2³² about one pair is the same.
    expect(new Set(all.map((pair) => pair[half])).size).toBeGreaterThan(99_980);
    const shares = [0, 0, 0, 0];
    for (const pair of all) shares[pair[half] % 4]!++;
    expect(Math.min(...shares)).toBeGreaterThan(24_000);
  }
});
