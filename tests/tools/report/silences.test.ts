import { describe, expect, test } from "vitest";
import { minutes } from "../../../src/core/units.ts";
import { beyond, EVERYTHING, followSilences } from "../../../src/tools/report/silences.ts";

const sources = {
  expected: [{ source: "a" }, { source: "slow", maxSilence: minutes(300) }],
  retired: ["old"],
  maxSilence: minutes(75),
  memory: minutes(1440),
};
const MINUTE = 60_000;
/** The longest silence and the breaches of each source, in minutes, after runs of `source` at so many minutes. */
function silences(runs: readonly (readonly [source: string, at: number])[], end: number) {
  const following = followSilences(sources, 0);
  for (const [source, at] of runs) following.run(source, at * MINUTE);
  const inMinutes = (silence: { start: number; end: number } | undefined) =>
    silence && [silence.start / MINUTE, silence.end / MINUTE];
  return Object.fromEntries(
    [...following.finish(end * MINUTE)].map(([source, freshness]) => [
      source || "all",
      [inMinutes(freshness.longest), freshness.breaches.map(inMinutes), beyond(freshness) / 60],
    ]),
  );
}

describe("silences", () => {
  test("exactly the maximum is none; an expected source must run from the start on", () => {
    expect(
      silences(
        [
          ["a", 75],
          ["a", 151],
        ],
        200,
      ),
    ).toEqual({ all: [[75, 151], [[75, 151]], 1], a: [[75, 151], [[75, 151]], 1], slow: [[0, 200], [], 0] });
  });
  test("nothing ran at all", () => {
    expect(silences([], 400)).toEqual({
      all: [[0, 400], [[0, 400]], 325],
      a: [[0, 400], [[0, 400]], 325],
      slow: [[0, 400], [[0, 400]], 100],
    });
  });
  test("an undeclared source counts from its first run on, a retired one has no objective", () => {
    const { new: undeclared, old } = silences(
      [
        ["new", 200],
        ["old", 210],
        ["new", 290],
      ],
      330,
    );
    expect([undeclared, old]).toEqual([
      [[200, 290], [[200, 290]], 15],
      [[210, 330], [], 0],
    ]);
  });
  test("everything at once is silent only while nothing runs", () => {
    expect(
      silences(
        [
          ["a", 60],
          ["new", 120],
          ["a", 180],
        ],
        240,
      )[EVERYTHING || "all"],
    ).toEqual([[0, 60], [], 0]);
  });
});
