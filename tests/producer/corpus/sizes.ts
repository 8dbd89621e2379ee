import { between, type Case, JSON_FAULT, record, whole } from "./case.ts";

const MB = 1_000_000;

export const sizes: readonly Case[] = [
  between(
    "size: a good line of 1 MB",
    (m) => record(m, { Description: "x".repeat(MB) }),
    /^the normalised record is 1000\d{3} bytes long, over the 262144 that Loki takes$/,
  ),
  between("size: a bad line of 1 MB", "x".repeat(MB), JSON_FAULT),
  between("size: a bad line of 1 MB without a character of one byte", "é".repeat(MB / 2), JSON_FAULT),
  between(
    "size: a line of 3 MB",
    "x".repeat(3 * MB),
    "the record is 3000000 bytes long, over the 2097152 that are read",
  ),
  between(
    "size: a line of 10 MB",
    (m) => record(m, { Description: "x".repeat(10 * MB) }),
    /^the record is 100\d{5} bytes long, over the 2097152 that are read$/,
  ),
  whole("size: an element of 3 MB", (m) => `[${record(m)},"${"x".repeat(3 * MB)}",${record(m)}]`, 2, [
    [2, "the record is 3000002 bytes long, over the 2097152 that are read"],
  ]),
  whole(
    "size: escapes that shrink",
    (m) => record(m).replace(/\}$/, `,"Description":"${"\\u0041".repeat(200_000)}"}`),
    1,
  ),
  between(
    "size: escapes that grow",
    (m) => record(m, { Description: "\u0001".repeat(50_000) }),
    /^the normalised record is 300\d{3} bytes long, over the 262144 that Loki takes$/,
  ),
  whole("size: a thousand good lines", (m) => Array.from({ length: 1000 }, () => record(m)).join("\n"), 1000),
  whole("size: a thousand empty objects", "{}\n".repeat(1000), 0, { count: 1000, reason: /^Etat is missing$/ }),
];
