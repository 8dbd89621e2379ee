import { gzipSync } from "node:zlib";
import { between, type Case, foreign, JSON_FAULT, record, whole } from "./case.ts";

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const swapped = (text: string) => Buffer.from(text, "utf16le").swap16();
const two = (m: string) => `${record(m)}\n${record(m)}\n`;
const withBytes = (marker: string, hex: string) => {
  const [before = "", after = ""] = record(marker, { Description: "@" }).split("@");
  return Buffer.concat([Buffer.from(before), Buffer.from(hex, "hex"), Buffer.from(after)]);
};
const UTF16 = " is encoded in UTF-16; write it in UTF-8.";

const text: Case[] = [
  whole("encoding: byte-order mark", (m) => Buffer.concat([BOM, Buffer.from(two(m))]), 2),
  whole("encoding: byte-order mark and array", (m) => Buffer.concat([BOM, Buffer.from(`[${record(m)}]`)]), 1),
  whole("encoding: byte-order mark and blank lines", (m) => Buffer.concat([BOM, Buffer.from(`\r\n${record(m)}`)]), 1),
  whole(
    "encoding: byte-order mark alone",
    BOM,
    0,
    [],
    " is empty; a file of records, one JSON object a line, is expected.",
  ),
  foreign("encoding: byte-order mark twice", Buffer.concat([BOM, BOM, Buffer.from("{}")])),
  whole("encoding: UTF-16, little end first", (m) => Buffer.from(`\uFEFF${two(m)}`, "utf16le"), 0, [], UTF16),
  whole("encoding: UTF-16, big end first", (m) => swapped(`\uFEFF${two(m)}`), 0, [], UTF16),
  whole(
    "encoding: UTF-16 without mark",
    (m) => Buffer.from(two(m), "utf16le"),
    0,
    [1, 2, 3].map((line) => [line, JSON_FAULT] as const),
  ),
  foreign("encoding: UTF-16, big end first, without mark", swapped("{}\n")),
  whole("encoding: UTF-32", Buffer.from("fffe00007b000000", "hex"), 0, [], UTF16),
  whole("encoding: gzip of UTF-16", (m) => gzipSync(Buffer.from(`\uFEFF${two(m)}`, "utf16le")), 0, [], UTF16),
  foreign("encoding: UTF-7", "+/v8-{}"),
  ...Object.entries({
    "Latin-1": "e9",
    "Windows-1252": "93e994",
    "Shift JIS": "8365",
    "an overlong slash": "c0af",
    "an overlong NUL": "c080",
    "a surrogate": "eda080",
    "two surrogates": "eda081edb080",
    "beyond the last character": "f4908080",
    "a byte that never occurs": "ff",
    "a continuation alone": "80",
    "a character that is cut": "e282",
  }).map(([name, hex]) => between(`encoding: ${name}`, (m) => withBytes(m, hex), "not valid UTF-8")),
  between(
    "encoding: a character cut at the line's end",
    (m) => Buffer.concat([Buffer.from(record(m)), Buffer.from([0xe2, 0x82])]),
    "not valid UTF-8",
  ),
];

const cutEnd = / is a cut or damaged gzip file \(unexpected end of file\); what could be read before was used\.$/;
const damaged = / is a cut or damaged gzip file \(.+\); what could be read before was used\.$/;
const zipped = (m: string) => gzipSync(two(m));
const changed = (m: string, at: number) => {
  const bytes = Buffer.from(zipped(m));
  bytes[at < 0 ? bytes.length + at : at]! ^= 0xff;
  return bytes;
};

const gzip: Case[] = [
  whole("gzip: good", zipped, 2),
  whole("gzip: of an array", (m) => gzipSync(`[${record(m)}]`), 1),
  whole("gzip: with a byte-order mark inside", (m) => gzipSync(Buffer.concat([BOM, Buffer.from(two(m))])), 2),
  whole("gzip: of nothing", gzipSync(""), 0, [], " is empty; a file of records, one JSON object a line, is expected."),
  whole("gzip: two members", (m) => Buffer.concat([zipped(m), zipped(m)]), 4),
  whole("gzip: padded with NULs", (m) => Buffer.concat([zipped(m), Buffer.alloc(64)]), 2),
  whole("gzip: cut in the header", (m) => zipped(m).subarray(0, 5), 0, [], cutEnd),
  whole("gzip: only its two first bytes", Buffer.from([0x1f, 0x8b]), 0, [], cutEnd),
  whole("gzip: cut in the checksum", (m) => zipped(m).subarray(0, -6), 2, [], cutEnd),
  whole("gzip: cut in the length", (m) => zipped(m).subarray(0, -1), 2, [], cutEnd),
  whole("gzip: a wrong checksum", (m) => changed(m, -8), 2, [], damaged),
  whole("gzip: a wrong length", (m) => changed(m, -1), 2, [], damaged),
  whole("gzip: an unknown method", (m) => changed(m, 2), 0, [], damaged),
  whole("gzip: reserved flags", (m) => changed(m, 3), 0, [], damaged),
  whole("gzip: the second member is cut", (m) => Buffer.concat([zipped(m), zipped(m).subarray(0, 12)]), 2, [], cutEnd),
  foreign("gzip: of a gzip", gzipSync(gzipSync("{}"))),
  foreign("gzip: of CSV", gzipSync("a;b\n")),
];

export const encodings: readonly Case[] = [...text, ...gzip];
