import { expect, test } from "vitest";
import { isIn, overlap, readShare, shareFrom, WHOLE } from "../../../src/producer/inputs/share.ts";

test.each(["5/4", "0/4", "2", "2/", "/4", "a/b", "1/0", "-1/2", "1.5/2", "1/10000", " 1/2", ""])(
  "%j is no share",
  (text) => {
    expect(() => shareFrom(text)).toThrow(
      `--share is ${JSON.stringify(text)}; write which share of how many, such as 2/4, from 1/4 to 4/4.`,
    );
  },
);

test("every input is in one share of a number, and in about as many of each", () => {
  const addresses = Array.from({ length: 10_000 }, (_, index) => `s3://b/p/2026-11-27/${index}.json`);
  for (const count of [1, 2, 3, 4, 7]) {
    const shares = Array.from({ length: count }, (_, index) => ({ part: index + 1, of: count }));
    const counts = shares.map((share) => addresses.filter((address) => isIn(share, address)).length);
    expect(counts.reduce((sum, inputs) => sum + inputs, 0)).toBe(addresses.length);
    expect(Math.min(...counts)).toBeGreaterThan(0.9 * (addresses.length / count));
  }
});

test("two shares overlap where an input can be in both", () => {
  // By trying every remainder, not by arithmetic.
  for (let count = 1; count <= 8; count++)
    for (let other = 1; other <= 8; other++)
      for (let part = 1; part <= count; part++)
        for (let second = 1; second <= other; second++) {
          const both = Array.from({ length: count * other }, (_, hash) => hash).some(
            (hash) => hash % count === part - 1 && hash % other === second - 1,
          );
          expect(
            overlap({ part, of: count }, { part: second, of: other }),
            `${part}/${count} and ${second}/${other}`,
          ).toBe(both);
        }
  expect(readShare("1/1")).toEqual(WHOLE);
});
