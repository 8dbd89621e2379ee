import { describe, expect, test } from "vitest";
import { answer, streamsOfFile } from "../../src/logql/cases.ts";
import { parse } from "../../src/logql/parse/parse.ts";
import { print, printFlat } from "../../src/logql/print.ts";
import { recorded, sameAnswer } from "./equal.ts";

/** How many answers of a real Loki 3.7.6 each file holds. */
const files = { runs: 174, language: 665, compositions: 581, refused: 93 };

describe.each(Object.entries(files))("Loki's answers in %s.json", (name, count) => {
  const file = recorded(name);
  const streams = streamsOfFile(file);

  test(`all ${count} are given`, () => {
    expect(file.cases).toHaveLength(count);
    const wrong = file.cases.flatMap((one) => {
      const got = answer(one, streams);
      return sameAnswer(got, one.expect, one.query)
        ? []
        : [{ id: one.id, query: one.query, got, expected: one.expect }];
    });
    expect(wrong).toEqual([]);
  });

  test("a query that is printed reads as the same query", () => {
    const accepted = file.cases.flatMap(({ query }) => {
      try {
        return [parse(query)];
      } catch {
        return [];
      }
    });
    expect(accepted.length).toBeGreaterThan(20);
    for (const query of accepted)
      for (const text of [print(query), printFlat(query)])
        expect(withoutPlaces(parse(text))).toEqual(withoutPlaces(query));
  });
});

function withoutPlaces(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutPlaces);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => (key === "span" ? [] : [[key, withoutPlaces(value)]])),
  );
}

test("every refusal names line, column and, of the grammar, what was expected", () => {
  for (const { query, expect: expected } of recorded("refused").cases) {
    if (expected.type !== "error" || !/parse error/.test(expected.message)) continue;
    expect(() => parse(query)).toThrow(/^parse error at line \d+, col \d+: /);
    const place = /^parse error at line 1, col (\d+): syntax error/.exec(expected.message);
    if (place)
      expect(() => parse(query), query).toThrow(new RegExp(`^parse error at line 1, col ${place[1]}: .*, expecting .`));
  }
});
