import { expect, test } from "vitest";
import { draw } from "../../src/view/svg.ts";
import { timelineChart } from "../../src/view/timeline.ts";

const HOUR = 3_600_000;
const from = Date.parse("2026-11-20T20:00:00Z");
const textsOver = (hours: number) => {
  const range = { from, to: from + hours * HOUR };
  const rows = [{ name: "PowerBI", values: [], states: [{ ...range, state: "Normal" as const }] }];
  const svg = draw(timelineChart({ title: "", language: "fr", range, rows }));
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)</g)].map(([, attributes, text]) => ({ attributes, text }));
};

test("under a timeline stand times, at midnight the day, and days over more than two", () => {
  const times = textsOver(8).map(({ text }) => text);
  expect(times).toEqual(expect.arrayContaining(["PowerBI", "21:00", "23:00", "21/11", "01:00"]));
  expect(textsOver(72).map(({ text }) => text)).toEqual(expect.arrayContaining(["21/11", "22/11", "23/11"]));
});

test("every text says its size in a way that SVG knows", () => {
  const all = textsOver(8);
  expect(all.length).toBeGreaterThan(5);
  expect(all.filter(({ attributes }) => !attributes?.includes('font-size="12px"'))).toEqual([]);
});
