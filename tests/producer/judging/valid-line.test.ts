import { expect, test } from "vitest";
import { clock } from "../../../src/core/time.ts";
import { bySchema } from "../../../src/producer/judging/refusal.ts";
import { validLine } from "../../../src/producer/judging/valid-line.ts";
import { raw } from "../records.ts";

/** Values as they stand in JSON: texts of every kind, numbers that a double holds or not, what nests. */
const odd = [
  ...["null", "true", "0", "-0", "1.50", "1e-7", "1e21", "1e999", "9007199254740993", "-12345678901234567890", "1e16"],
  ...[
    '""',
    '" "',
    '"\u00a0"',
    '"a"',
    '" a "',
    '"é€😀"',
    '"\u2028"',
    '"\u007f"',
    '"\ufffd"',
    '"a$__b"',
    '"n/a"',
    '" 12 "',
  ],
  ...[
    '"1.50"',
    '"0x10"',
    '"1e999"',
    '"a\\"b"',
    '"a\\\\b"',
    '"a\\nb"',
    '"\\u00e9"',
    '"\\ud800"',
    '"\\ud83d\\ude00"',
    '"\\u0041"',
  ],
  ...[
    "[]",
    "{}",
    '["é",1]',
    '{"a":"\\u00e9"}',
    '{"a":{"b":[9007199254740993]}}',
    `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  ],
  ...[`"${"x".repeat(2048)}"`, `"${"é".repeat(1025)}"`, '"SUCCESS"', '"FAILED"', '"success"'],
  ...['"05-09-2025 16:45:27"', '"05-09-2025 16:45:27.1"', '"05-09-2025 16:45:27.1234567"', '"31-02-2025 00:00:00"'],
  ...[
    '"29-02-2024 23:59:59"',
    '"30-03-2025 02:30:00"',
    '"26-10-2025 02:30:00.5"',
    '"05-09-2025 16:45:60"',
    '"2025-09-05"',
  ],
];
const usual = Object.entries(raw());

/** The same numbers below `most` each time (Lehmer's generator). */
function dice(): (most: number) => number {
  let seed = 20_261_128;
  return (most) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
}

/** The text of a record of which some values are odd, some are missing and one may stand there twice. */
function oddRecord(roll: ReturnType<typeof dice>): string {
  const strange = roll(4);
  const fields = usual.flatMap(([key, value]) => {
    const isOdd = roll(usual.length) < strange;
    return isOdd && roll(6) === 0
      ? []
      : [`${JSON.stringify(key)}:${isOdd ? odd[roll(odd.length)] : JSON.stringify(value)}`];
  });
  if (roll(8) === 0) fields.push(`"${usual[roll(usual.length)]?.[0]}":${odd[roll(odd.length)]}`);
  return `{${fields.join(",")}}`;
}

test.each([
  ["UTC", undefined],
  ["Europe/Paris", "août\\2026"],
])("the line that is written at once is what the schema makes of a record, in %s", (zone, load) => {
  const toInstant = clock(zone);
  const roll = dice();
  const found = { valid: 0, refused: 0 };
  for (let round = 0; round < 3000; round++) {
    const text = oddRecord(roll);
    const record = JSON.parse(text);
    const source = { zone, toInstant, load, text, escaped: text.includes("\\") };
    const [line, schema] = [validLine(record, source), bySchema(record, source)];
    if ("reason" in schema) {
      found.refused++;
      expect(line, text.slice(0, 1000)).toBeUndefined();
    } else {
      found.valid++;
      expect(schema, text.slice(0, 1000)).toMatchObject(line!);
    }
  }
  expect(Math.min(found.refused, found.valid)).toBeGreaterThan(300);
});
