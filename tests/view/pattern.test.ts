import { expect, test } from "vitest";
import { pattern } from "../../src/view/pattern.ts";

test("a pattern is asked anew each time, one with the flag g too; a text without slashes is one", () => {
  for (const text of ["/b/g", "/B/i", "b"])
    expect([1, 2, 3].map(() => pattern(text).test("ab"))).toEqual([true, true, true]);
  expect("abab".replace(pattern("/b/g"), "c")).toBe("acac");
  expect(() => pattern("/(/")).toThrow();
});
