import { expect, test } from "vitest";
import { isIn, overlap, readShare, shareFrom, WHOLE } from "../../src/producer/share.ts";

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
  for (const of of [1, 2, 3, 4, 7]) {
    const shares = Array.from({ length: of }, (_, index) => ({ part: index + 1, of }));
    const counts = shares.map((share) => addresses.filter((address) => isIn(share, address)).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(addresses.length);
    expect(Math.min(...counts)).toBeGreaterThan(0.9 * (addresses.length / of));
  }
});

test("two shares overlap where an input can be in both", () => {
  // By trying every remainder, not by arithmetic.
  for (let of = 1; of <= 8; of++)
    for (let other = 1; other <= 8; other++)
      for (let part = 1; part <= of; part++)
        for (let second = 1; second <= other; second++) {
          const both = Array.from({ length: of * other }, (_, hash) => hash).some(
            (hash) => hash % of === part - 1 && hash % other === second - 1,
          );
          expect(overlap({ part, of }, { part: second, of: other }), `${part}/${of} and ${second}/${other}`).toBe(both);
        }
  expect(readShare("1/1")).toEqual(WHOLE);
});
