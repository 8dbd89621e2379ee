import { between, type Case, foreign, JSON_FAULT, record, whole } from "./case.ts";

const noObject = (shown: string) => `the record is ${shown}, not an object`;
const deep = 100_000;

/** Lines that are no JSON, or no object. */
const badLines: Case[] = [
  ...Object.entries({
    "plain text": "not json",
    "an object that is cut": '{"a":',
    "an opening brace": "{",
    "a closing brace": "}",
    "a closing bracket": "]",
    "single quotes": "{'Etat':'SUCCESS'}",
    "a comma at the end": '{"a":1,}',
    "a comment behind": '{"a":1} // x',
    "a comment before": '/* x */{"a":1}',
    NaN: '{"a":NaN}',
    Infinity: '{"a":-Infinity}',
    undefined: '{"a":undefined}',
    "Python's None": '{"a":None}',
    "a hexadecimal number": '{"a":0x10}',
    "a leading zero": '{"a":01}',
    "a leading plus": '{"a":+1}',
    "no digit before the point": '{"a":.5}',
    "no digit after the point": '{"a":1.}',
    "a key without quotes": "{a:1}",
    "a key that is a number": "{1:1}",
    "no colon": '{"a" 1}',
    "no comma": '{"a":1 "b":2}',
    "two objects": '{"a":1}{"b":2}',
    "two objects with a blank": '{"a":1} {"b":2}',
    "a string without end": '{"a":"x',
    "a backslash at the end": '{"a":"x\\',
    "an unknown escape": '{"a":"\\x41"}',
    "an escape that is cut": '{"a":"\\u12"}',
    "an escape of no hexadecimal": '{"a":"\\u12G4"}',
    "a tab in a string": '{"a":"x\ty"}',
    "a NUL in a string": '{"a":"x\0y"}',
    "a NUL before": '\0{"a":1}',
    "a NUL behind": '{"a":1}\0',
    "NULs alone": "\0\0\0\0",
    "a byte-order mark in the middle": '\uFEFF{"a":1}',
    "a line separator outside": '\u2028{"a":1}',
    "a no-break space outside": '\u00A0{"a":1}',
    "a vertical tab alone": "\v",
    "a form feed before": '\f{"a":1}',
    CSV: "akonovia;1-Raw;zoho",
    XML: "<record/>",
    YAML: "Etat: SUCCESS",
    "a merge conflict": "<<<<<<< HEAD",
    "a shell line": "$(reboot)",
    "a prototype by text": '{"__proto__":',
    emoji: "🙂",
    "brackets without end": "[".repeat(deep),
    "braces without end": '{"a":'.repeat(deep),
  }).map(([name, text]) => between(`line: ${name}`, text, JSON_FAULT)),
  ...Object.entries({
    "1": "1",
    "-0": "0",
    "1e999": "Infinity",
    '"text"': '"text"',
    true: "true",
    false: "false",
    null: "null",
  }).map(([text, shown]) => between(`line: ${text} is no object`, text, noObject(shown))),
  between("line: an empty array", "[]", noObject("an array")),
  between("line: an array of records", (marker) => `[${record(marker)}]`, noObject("an array")),
  between("line: arrays deep in each other", "[".repeat(deep) + "]".repeat(deep), noObject("an array")),
  between("line: an empty object", "{}", "Etat is missing"),
];

const lineEnds: Case[] = [
  whole("ends: CRLF", (m) => `${record(m)}\r\n${record(m)}\r\n`, 2),
  whole("ends: CR alone", (m) => `${record(m)}\r${record(m)}\r`, 0, [[1, JSON_FAULT]]),
  whole("ends: LF CR", (m) => `${record(m)}\n\r${record(m)}\n\r`, 2),
  whole("ends: mixed", (m) => `${record(m)}\r\n${record(m)}\n\r\n\n${record(m)}`, 3),
  whole("ends: blank lines with blanks", (m) => `\n \t\n${record(m)}\n   \r\n{}\n`, 1, [[5, "Etat is missing"]]),
  whole("ends: none at the end", (m) => record(m), 1),
  whole("ends: CR twice", (m) => `${record(m)}\r\r\n${record(m)}`, 2),
  whole("ends: a hundred thousand blank lines", (m) => `${"\n".repeat(100_000)}${record(m)}\n{}`, 1, [
    [100_002, "Etat is missing"],
  ]),
  whole("ends: NULs after a crash", (m) => `${record(m)}\n${"\0".repeat(512)}`, 1, [[2, JSON_FAULT]]),
  whole("ends: the last line is cut", (m) => `${record(m)}\n${record(m).slice(0, -20)}`, 1, [[2, JSON_FAULT]]),
  whole("ends: a line separator between", (m) => `${record(m)}\u2028${record(m)}`, 0, [[1, JSON_FAULT]]),
];

const notClosed = (elements: number) =>
  ` ends before its array is closed (after element ${elements}); the file may have been cut.`;
/** How much of it is shown depends on where the chunk ends. */
const goesOn = (elements: number, first: string) =>
  new RegExp(
    `^ goes on after the end of its array \\(element ${elements}\\) with "${first}.*"; that part was not read\\.$`,
  );
const arrays: Case[] = [
  whole("array: good", (m) => `[${record(m)},\n${record(m)}]`, 2),
  whole("array: empty", "[]", 0),
  whole("array: empty, with blanks", " [ \n\t ] \n", 0),
  whole("array: never closed", (m) => `[${record(m)},${record(m)}`, 2, [], notClosed(2)),
  whole("array: only its start", "[", 0, [], notClosed(0)),
  whole("array: a start and a comma", (m) => `[${record(m)},`, 1, [], notClosed(1)),
  whole("array: cut in a record", (m) => `[${record(m)},{"Etat":`, 1, [[2, JSON_FAULT]], notClosed(2)),
  whole("array: cut in a string", (m) => `[${record(m)},{"Etat":"SUC`, 1, [[2, JSON_FAULT]], notClosed(2)),
  whole("array: a comma at the end", (m) => `[${record(m)},]`, 1, [[2, JSON_FAULT]]),
  whole(
    "array: commas alone",
    "[,,]",
    0,
    [1, 2, 3].map((at) => [at, JSON_FAULT] as const),
  ),
  whole("array: no comma between", (m) => `[${record(m)}${record(m)},${record(m)}]`, 1, [[1, JSON_FAULT]]),
  whole("array: of numbers, text and null", (m) => `[1,"a",null,${record(m)},[]]`, 1, [
    [1, noObject("1")],
    [2, noObject('"a"')],
    [3, noObject("null")],
    [5, noObject("an array")],
  ]),
  whole("array: in an array", (m) => `[[${record(m)}]]`, 0, [[1, noObject("an array")]]),
  whole(
    "array: a brace that is not closed",
    (m) => `[{"a":{"b":1},\n${record(m)}]`,
    0,
    [[1, JSON_FAULT]],
    notClosed(1),
  ),
  whole("array: a brace too many", (m) => `[${record(m)}},${record(m)}]`, 1, [[1, JSON_FAULT]]),
  whole("array: a bracket too many", (m) => `[${record(m)}]]`, 1, [], goesOn(1, "]")),
  whole("array: text behind", (m) => `[${record(m)}]\nEOF`, 1, [], goesOn(1, "E")),
  whole("array: a record behind", (m) => `[${record(m)}]\n{"a":1}`, 1, [], goesOn(1, "\\{")),
  whole("array: two", (m) => `[${record(m)}][${record(m)}]`, 1, [], goesOn(1, "\\[")),
  whole("array: a string over a line end", (m) => `[{"a":"x\ny"},\n${record(m)}]`, 1, [
    [1, JSON_FAULT],
    [2, JSON_FAULT],
  ]),
  whole("array: of arrays deep in each other", "[".repeat(deep) + "]".repeat(deep), 0, [[1, noObject("an array")]]),
  whole("array: deep and never closed", "[".repeat(deep), 0, [[1, JSON_FAULT]], notClosed(1)),
  whole("array: NULs behind", (m) => `[${record(m)}]\0\0`, 1, [], goesOn(1, "\\\\u0000")),
];

const empty = " is empty; a file of records, one JSON object a line, is expected.";
const others: Case[] = [
  whole("file: empty", "", 0, [], empty),
  whole("file: blanks", " \t\r\n \n", 0, [], empty),
  whole("file: a brace", "{", 0, [[1, JSON_FAULT]]),
  whole("file: braces deep in each other", `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`, 0, [[1, "Etat is missing"]]),
  whole(
    "file: one object over many lines",
    (m) => JSON.stringify(JSON.parse(record(m)), undefined, 2),
    0,
    Array.from({ length: 9 }, (_, at) => [at + 1, /^(not valid JSON|the record is )/] as const),
  ),
  ...Object.entries({
    "a number": "42",
    text: '"text"',
    null: "null",
    CSV: "Entreprise;Zone\nakonovia;1-Raw\n",
    HTML: "<!DOCTYPE html><title>403</title>",
    "S3's error": '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    YAML: "---\nEtat: SUCCESS\n",
    NUL: "\0\0\0\0",
    "a NUL before the brace": "\0{}",
    "a comment": "// {}\n{}",
    "a form feed": "\f{}",
    PDF: "%PDF-1.7",
  }).map(([name, text]) => foreign(`file: ${name}`, text)),
  ...Object.entries({
    PNG: "89504e470d0a1a0a",
    zip: "504b0304",
    zstd: "28b52ffd",
    bzip2: "425a6839",
    xz: "fd377a585a00",
    zlib: "789c0300",
    lz4: "04224d18",
    ELF: "7f454c46",
    Parquet: "50415231",
  }).map(([name, hex]) => foreign(`file: ${name}`, Buffer.from(hex, "hex"))),
];

export const syntax: readonly Case[] = [...badLines, ...lineEnds, ...arrays, ...others];
