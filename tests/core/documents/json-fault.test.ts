import { expect, test } from "vitest";
import { jsonFault } from "../../../src/core/documents/json-fault.ts";

test.each([
  ["", "a value is expected at character 1, where the text ends"],
  ["not json", 'a value is expected at character 1, not "n"'],
  ["{x", 'a name in double quotes or "}" is expected at character 2, not "x"'],
  ["{'a':1}", 'a name in double quotes or "}" is expected at character 2, not "\'"'],
  ['{"a":1,}', 'a name in double quotes is expected at character 8, not "}"'],
  ['{"a" 1}', '":" is expected at character 6, not "1"'],
  ['{"a":}', 'a value is expected at character 6, not "}"'],
  ['{"a":1', '"," or "}" is expected at character 7, where the text ends'],
  ['{"a":1 "b":2}', '"," or "}" is expected at character 8, not "\\""'],
  ["[1 2]", '"," or "]" is expected at character 4, not "2"'],
  ["[1}", '"," or "]" is expected at character 3, not "}"'],
  ["[", 'a value or "]" is expected at character 2, where the text ends'],
  ["[1,]", 'a value is expected at character 4, not "]"'],
  ["{}{}", 'nothing more is expected at character 3, not "{"'],
  ["01", 'nothing more is expected at character 2, not "1"'],
  ["NaN", 'a value is expected at character 1, not "N"'],
  ['{"Etat":"SUCC', "the text in double quotes at character 9 is not closed"],
  ['"a\tb"', '"\\t" at character 3 must be written with a backslash'],
  ['"C:\\data"', "the backslash at character 4 starts no escape that JSON knows"],
  ['"\\u00e"', "the backslash at character 2 starts no escape that JSON knows"],
  ['{\n  "a": 1,\r\n  "é😀": tru\n}', 'a value is expected at line 3, character 10, not "t"'],
  ["{}\0", 'nothing more is expected at character 3, not "\\u0000"'],
  ["[\ud800", 'a value or "]" is expected at character 2, not "\\ud800"'],
  ["[😀", 'a value or "]" is expected at character 2, not "😀"'],
])("%j", (text, clause) => expect(jsonFault(text)).toBe(clause));

const sound = [
  '{"a":[1,-2.5e+3,true,false,null,"é\\"\\\\\\u00e9"],"b":{},"c":[[]]}',
  ' [ { "x" : 0 } , 1e9 ]\r\n',
  '"\u2028\u007f"',
  "-0.0",
];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("a fault is found where JSON.parse refuses, and nowhere else", () => {
  const replacements = ["", '"', "\\", "{", "}", "[", "]", ",", ":", "0", "e", "-", ".", " ", "\n", "\u0000", "u"];
  let [refused, taken] = [0, 0];
  for (const text of sound)
    for (let at = 0; at <= text.length; at++)
      for (const replacement of replacements)
        for (const length of [0, 1]) {
          const changed = text.slice(0, at) + replacement + text.slice(at + length);
          const expected = isJson(changed);
          expect(jsonFault(changed) === undefined, changed).toBe(expected);
          if (expected) taken++;
          else refused++;
        }
  expect([refused, taken].every((count) => count > 200)).toBe(true);
});

test.each([
  ["deep nesting", "[".repeat(1_000_000), 'a value or "]" is expected at character 1000001, where the text ends'],
  ["a long text", `"${"a".repeat(5_000_000)}`, "the text in double quotes at character 1 is not closed"],
  ["a text of escapes", `"${"\\n".repeat(3_000_000)}`, "the text in double quotes at character 1 is not closed"],
])("%s is no burden", (_, text, clause) => expect(jsonFault(text)).toBe(clause));
