// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose
import { expect, test } from "vitest";
import { parseEnvFile, quoted } from "../../src/stack/env-file.ts";
import { envCases } from "./env-cases.ts";

test.each(envCases)("%j is %j", (text, value) => {
  const { values, faults } = parseEnvFile(text, { OTHER: "other" });
  expect(values.X).toBe(value);
  const unset = /^names the variable \$b, which is not set: write \$\$ for a dollar sign, or put the value in single /;
  expect(faults).toEqual(text === "X=a$b" ? [{ line: 1, fault: expect.stringMatching(unset) }] : []);
});

test.each([
  ["X=1\rY=2\r", 1, "has a carriage return alone, which ends no line: write the file with line feeds"],
  ["# all\rX=1", 1, "has a carriage return alone, which ends no line: write the file with line feeds"],
  ["X=1\n\nX 2", 3, "is no NAME=value: write one, or begin it with #"],
  ["X='a\nb'\nY='open", 3, "opens a quote for Y that nothing closes: close it, or leave it out"],
  ["X=a${b", 1, 'holds a "${" that is no variable: write $${, or put the value in single quotes'],
  ['X="a" b', 1, "has text after the closing quote of X: put it inside, or # before it"],
])("%j is told", (text, line, fault) => {
  expect(parseEnvFile(text).faults).toEqual([{ line, fault }]);
});

test.each([
  "plain",
  "ab#cd",
  "a$b",
  "a b",
  "it's",
  'a"b',
  "a\\b",
  "",
  " x ",
  "a #b",
  "é",
  "line\nend",
  "p+/=w",
  "a\\",
  "\\'",
  'it\'s $5 "\\n"',
])("%j, written, is read as itself", (value) => {
  const { values, faults } = parseEnvFile(`X=${quoted(value)}\n`);
  expect({ value: values.X, faults }).toEqual({ value, faults: [] });
});
