import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { type Piece, splitter } from "../../../src/producer/reading/split.ts";

/** `position:text` of every record, then the error if there is one. */
function split(text: string, chunkSize = text.length || 1, held?: number): string[] {
  const splitting = splitter("logs.json", held);
  const seen: string[] = [];
  const see = (pieces: Iterable<Piece>) => {
    for (const { position, bytes, cut } of pieces)
      seen.push(cut ? `${position}:${bytes}… ${cut.length} ${cut.sha256}` : `${position}:${bytes}`);
  };
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; at += chunkSize) see(splitting.push(bytes.subarray(at, at + chunkSize)));
    see(splitting.rest());
    splitting.check();
  } catch (error) {
    seen.push(`error: ${(error as Error).message}`);
  }
  return seen;
}

const cases: [name: string, text: string, expected: string[]][] = [
  ["JSON Lines", '{"a":1}\n{"b":"é"}\n', ['1:{"a":1}', '2:{"b":"é"}']],
  ["no line end at the end", '{"a":1}\n{"b":2}', ['1:{"a":1}', '2:{"b":2}']],
  ["CRLF", '{"a":1}\r\n{"b":2}\r\n', ['1:{"a":1}', '2:{"b":2}']],
  ["blank lines count as physical lines", '\n \t\r\n{"a":1}\n\n  \r\n{"b":2}\n\n', ['3:{"a":1}', '6:{"b":2}']],
  [
    "a bad line keeps its place and its blanks",
    '{"a":1}\n  not json \n{"b":2}',
    ['1:{"a":1}', "2:  not json ", '3:{"b":2}'],
  ],
  ["an array", '[{"a":1},{"b":2}]', ['1:{"a":1}', '2:{"b":2}']],
  [
    "a pretty-printed array",
    '\n [\n  {\n    "a": 1\n  } ,\r\n  {"b":[1,{"c":2}]}\n ]\n\n',
    ['1:{\n    "a": 1\n  }', '2:{"b":[1,{"c":2}]}'],
  ],
  [
    "brackets, commas and quotes in strings",
    '[{"a":"],}{[\\","},"x\\\\",1]',
    ['1:{"a":"],}{[\\","}', '2:"x\\\\"', "3:1"],
  ],
  ["an empty array", " [ \n ] ", []],
  ["missing elements are seen", "[1,,2,]", ["1:1", "2:", "3:2", "4:"]],
  [
    "an unclosed string ends its element, not the others",
    '[{"a":"x},\n{"b":2},\n{"c":3}]',
    ['1:{"a":"x},', '2:{"b":2}', '3:{"c":3}'],
  ],
  ["an unclosed string in the last element", '[{"a":1},\n{"b":"x}\n]', ['1:{"a":1}', '2:{"b":"x}']],
  [
    "a line end in a string breaks its element only",
    '[{"a":"x\ny","b":1},\n{"c":3}]',
    ['1:{"a":"x', '2:y","b":1},', '3:{"c":3}'],
  ],
  [
    "an array that is never closed",
    '[{"a":1},{"b":',
    [
      '1:{"a":1}',
      '2:{"b":',
      "error: logs.json ends before its array is closed (after element 2); the file may have been cut.",
    ],
  ],
  [
    "an array that lacks only its end",
    '[{"a":1},{"b":2}\n',
    [
      '1:{"a":1}',
      '2:{"b":2}',
      "error: logs.json ends before its array is closed (after element 2); the file may have been cut.",
    ],
  ],
  ["an empty file", "", ["error: logs.json is empty; a file of records, one JSON object a line, is expected."]],
  ["a blank file", " \r\n\t\n", ["error: logs.json is empty; a file of records, one JSON object a line, is expected."]],
];

describe("splitting, whole and at every chunk size", () => {
  test.each(cases)("%s", (_name, text, expected) => {
    for (let size = 1; size <= Math.max(1, Buffer.byteLength(text)); size++)
      expect(split(text, size), `chunks of ${size}`).toEqual(expected);
  });
});

test("what is neither an object nor an array at its start is refused as a whole", () => {
  expect(split("Entreprise;Zone\nakonovia;1-Raw\n")).toEqual([
    'error: logs.json is neither JSON Lines nor a JSON array: it starts with "Entreprise;Zone\\nakon" instead of "{" or "[".',
  ]);
});

test("text after the array is an error, after its elements", () => {
  expect(split('[{"a":1}] [{"b":2}]')).toEqual([
    '1:{"a":1}',
    'error: logs.json goes on after the end of its array (element 1) with "[{\\"b\\":2}]"; that part was not read.',
  ]);
});

describe("a record that is too long is kept as head, length and SHA-256", () => {
  // printf '{"a":"0123456789"}' | sha256sum
  const long = '{"a":"0123456789"}';
  const sha256 = "3253354d955cfa723b12b3d991b7ade4b25c0add76d45652fa7eed340e401620";
  test.each([
    ["in a line", `{"b":1}\r\n${long}\r\n{"c":3}`, ['1:{"b":1}', `2:{"a":"01… 18 ${sha256}`, '3:{"c":3}']],
    ["in an array", `[{"b":1},\n  ${long} \n , {"c":3}]`, ['1:{"b":1}', `2:{"a":"01… 18 ${sha256}`, '3:{"c":3}']],
    ["at the end of the file", `{"b":1}\n${long}`, ['1:{"b":1}', `2:{"a":"01… 18 ${sha256}`]],
  ])("%s", (_name, text, expected) => {
    for (let size = 1; size <= text.length; size++) expect(split(text, size, 8), `chunks of ${size}`).toEqual(expected);
  });
});

describe("blanks around a record, more of them than are held", () => {
  const many = " \t".repeat(20);
  const hashed = (text: string) => createHash("sha256").update(text).digest("hex");
  test.each([
    [
      "before and after an element: no part of it",
      `[${many}{"a":1}${many},${many}{"b":2}${many}]${many}`,
      ['1:{"a":1}', '2:{"b":2}'],
    ],
    [
      "within an element: a part of it",
      `[{"a":${many}1}${many}]`,
      [`1:{"a": \t \t … ${7 + 40} ${hashed(`{"a":${many}1}`)}`],
    ],
    [
      "after the record of a line",
      `{"a":1}${many}\r\n{"b":2}`,
      [`1:{"a":1} \t … 47 ${hashed(`{"a":1}${many}`)}`, '2:{"b":2}'],
    ],
    [
      "before the record of a line",
      `{"a":1}\n${many}{"b":2}`,
      ['1:{"a":1}', `2:${many.slice(0, 10)}… 47 ${hashed(`${many}{"b":2}`)}`],
    ],
    ["a line of nothing else", `{"a":1}\n${many}\r\n{"b":2}`, ['1:{"a":1}', '3:{"b":2}']],
  ])("%s", (_name, text, expected) => {
    for (let size = 1; size <= text.length; size++)
      expect(split(text, size, 10), `chunks of ${size}`).toEqual(expected);
  });

  test("cost no copy each, however many they are", () => {
    const concat = vi.spyOn(Buffer, "concat");
    const blank = Buffer.alloc(65_536, " ");
    for (const start of ['{"a":1}', '[{"a":1}']) {
      concat.mockClear();
      const splitting = splitter("logs.json");
      for (const chunk of [Buffer.from(start), ...Array.from({ length: 320 }, () => blank)])
        expect([...splitting.push(chunk)]).toEqual([]);
      const copied = concat.mock.results.reduce((sum, { value }) => sum + (value as Buffer).length, 0);
      // 20 MB were read; what is held is copied once.
      expect(copied).toBeLessThan(3 * 1024 * 1024);
    }
    concat.mockRestore();
  });
});
