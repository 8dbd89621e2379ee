import { describe, expect, test } from "vitest";
import { csv } from "../../../src/tools/report/csv.ts";
import type { Document } from "../../../src/tools/report/document.ts";
import { commonText, followFailures, OTHER_CAUSES } from "../../../src/tools/report/failures.ts";
import { duration, shown } from "../../../src/tools/report/french.ts";
import { page as html } from "../../../src/tools/report/html.ts";
import { markdown } from "../../../src/tools/report/markdown.ts";
import { cell } from "../../../src/tools/report/table.ts";

describe("French", () => {
  test.each([
    [0, "0 s"],
    [0.4249, "0,42 s"],
    [59.994, "59,99 s"],
    [59.996, "1 min 00 s"],
    [185, "3 min 05 s"],
    [3599.6, "1 h 00 min"],
    [3900, "1 h 05 min"],
    [172_799, "2 j 00 h"],
    [187_200, "2 j 04 h"],
    [86_400_000, "1 000 j 00 h"],
  ])("%d s is %s", (seconds, text) => expect(duration(seconds).replaceAll("\u00a0", " ")).toBe(text));

  test.each([
    [33_871, "count", "33 871"],
    [0.98698, "percentunit", "98,70 %"],
    [203_852_284, "decbytes", "203,9 Mo"],
    [Date.parse("2026-10-25T00:30:00Z"), "time", "25/10/2026 02:30"],
    [Date.parse("2026-10-25T01:30:00Z"), "time", "25/10/2026 02:30"],
    [undefined, "s", "—"],
  ] as const)("%s as %s is %s", (value, kind, text) =>
    expect(shown(value, { kind, zone: "Europe/Paris" }).replaceAll("\u00a0", " ")).toBe(text),
  );
});

describe("causes", () => {
  test.each([
    ["HTTP 503 (request 123456)", "HTTP 503 (request 987654)", true],
    ["HTTP 503", "HTTP 404", false],
    ["at 2026-10-01T06:00:00Z: refused", "at 2026-10-02 07:15:09.123: refused", true],
    ["at 01/10/2026 06:00: refused", "at 02/10/2026 07:15: refused", true],
    ["id 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "id 9a7b330a-a736-35e5-af7f-feaf819cdc9f", true],
    ["10.0.0.1:443 refused", "10.20.0.31:8443 refused", true],
    ["waited 1.5 s", "waited 12.75 s", true],
    ["commit deadbeef01", "commit 0123456789abcdef", true],
    ["table factures", "table defaults", false],
    ["two\n  lines", "two lines", true],
  ])("%j and %j: the same %s", (a, b, same) => expect(commonText(a) === commonText(b)).toBe(same));

  test("texts that never repeat do not fill the memory", () => {
    const { run, causes } = followFailures();
    const word = (index: number) => [...String(index)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
    for (let index = 0; index < 6000; index++)
      run({ etat: "FAILED", entreprise: "a", source: "s", objet: "o", description: `cause ${word(index)}`, at: index });
    expect(causes()).toHaveLength(5001);
    expect(causes().at(-1)).toMatchObject({ text: OTHER_CAUSES, count: 1000 });
  });
});

describe("texts from records come out as they are", () => {
  const nasty = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\u0001x\u202ey",
    "a|b\\|c",
    "`code` *b* _i_ ~~s~~",
    "[a](http://x.test) www.x.test @user #1",
    "<script>alert(1)</script>",
    "</td></table>&amp;",
    'a";"b',
  ];
  const document: Document = {
    title: "T",
    period: "P",
    zone: "UTC",
    made: "M",
    facts: [],
    notices: ["<b>|n"],
    highlights: nasty,
    method: [],
    sections: [
      {
        title: "S",
        charts: [],
        tables: [
          {
            name: "t",
            title: "T",
            columns: [
              { title: "A", kind: "text" },
              { title: "B", kind: "s" },
            ],
            rows: nasty.map((text) => [cell(text), cell(1.5, { over: true })]),
            empty: "",
          },
        ],
      },
    ],
  };

  test("in a spreadsheet none is a formula, numbers are French", () => {
    expect(csv(document).get("t")).toMatchInlineSnapshot(`
      "﻿A;B (s)
      Remarque;<b>|n
      '=1+1;1,5
      '+1;1,5
      '-1;1,5
      '@SUM(A1);1,5
      x‮y;1,5
      a|b\\|c;1,5
      \`code\` *b* _i_ ~~s~~;1,5
      [a](http://x.test) www.x.test @user #1;1,5
      <script>alert(1)</script>;1,5
      "</td></table>&amp;";1,5
      "a"";""b";1,5
      "
    `);
  });
  test("in Markdown", () =>
    expect(markdown(document)).toMatchInlineSnapshot(`
      "# T

      **P** · fuseau horaire UTC · établi le M

      > ⚠ \\<b\\>\\|n

      ## À retenir

      - =1+1
      - +1
      - -1
      - \`@SUM(A1)\`
      - \\\\x01x\\\\u202ey
      - a\\|b\\\\\\|c
      - \\\`code\\\` \\*b\\* \\_i\\_ \\~\\~s\\~\\~
      - \`[a](http://x.test) www.x.test @user #1\`
      - \\<script\\>alert(1)\\</script\\>
      - \\</td\\>\\</table\\>\\&amp;
      - a";"b

      ## S

      ### T

      | A | B |
      | --- | --: |
      | =1+1 | **1,5 s** ▲ |
      | +1 | **1,5 s** ▲ |
      | -1 | **1,5 s** ▲ |
      | \`@SUM(A1)\` | **1,5 s** ▲ |
      | \\\\x01x\\\\u202ey | **1,5 s** ▲ |
      | a\\|b\\\\\\|c | **1,5 s** ▲ |
      | \\\`code\\\` \\*b\\* \\_i\\_ \\~\\~s\\~\\~ | **1,5 s** ▲ |
      | \`[a](http://x.test) www.x.test @user #1\` | **1,5 s** ▲ |
      | \\<script\\>alert(1)\\</script\\> | **1,5 s** ▲ |
      | \\</td\\>\\</table\\>\\&amp; | **1,5 s** ▲ |
      | a";"b | **1,5 s** ▲ |

      ## Méthode


      "
    `));
  test("in HTML", () => {
    const page = html(document);
    expect(page).not.toMatch(/<script|<b>|<\/td><\/table>&amp;/);
    expect(page.match(/<td class="number over">/g)).toHaveLength(nasty.length);
  });
});
