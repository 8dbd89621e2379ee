import { expect, test } from "vitest";
import { config } from "../../../src/config.ts";
import { called } from "../../support/called.ts";

const asked = (line: string) => called(["size", ...line.split(" ")]);

test("says what a load needs, each figure with its reason", async () => {
  const { maxSources } = config.producer;
  const sources = maxSources + 100;
  const { status, stdout, stderr } = await asked(`--records-per-day 1e8 --sources ${sources} --retention 92d`);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`100,000,000 records a day from ${sources} sources, kept for 92 days\n`);
  expect(stdout).toMatch(/\n1,157 records\/s on average, 11,574 at the busiest/);
  expect(stdout).toMatch(/\n {2}partitions +3 +a forwarder at 50 % of 55,605 records\/s each \(docs\/pipeline.md/);
  expect(stdout).toMatch(/\n {2}stored +745 GB to 2.24 TB +after 92 days/);
  expect(stdout).toMatch(/\n {2}slowest +3.48 min +freshness, over 24 h, on two cores \(docs\/alerts.md, Cost\)\n/);
  expect(stdout).toMatch(/\n {2}2-errors-slas\/3 Fraîcheur par source\n/);
  expect(stdout).toMatch(new RegExp(`\n {2}producer.maxSources: ${sources} \\(is ${maxSources}\\)\n$`));
  const figures = stdout.split("\n").filter((line) => /^ {2}\S.* {2,}\S/.test(line));
  for (const line of figures.slice(0, 17)) expect(line).toMatch(/^ {2}\S.+? {2,}\S.*? {2,}\S/);
});

test("a longer retention is stored longer, and changes nothing else", async () => {
  const linesOf = async (time: string) =>
    (await asked(`--records-per-day 1e6 --sources 30 --retention ${time}`)).stdout.split("\n");
  const [kept, longer] = [await linesOf("92d"), await linesOf("184d")];
  const differs = kept.filter((line, index) => line !== longer[index]);
  expect(differs.map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
    expect.stringMatching(/kept for 92 days$/),
    "stored",
  ]);
});

test("--table prints the tables of the document, without a load", async () => {
  const { status, stdout } = await asked("--table");
  expect([status, stdout.split("\n", 1)[0]]).toEqual([
    0,
    "| records a day | 1,000 | 10,000 | 100,000 | 1,000,000 | 10,000,000 | 100,000,000 | 1,000,000,000 |",
  ]);
});

test.each([
  ["--sources 3", "--records-per-day is missing: write a number, such as --records-per-day 1e8."],
  ["--records-per-day 1e8", "--sources is missing: write a number, such as --sources 300."],
  ["--records-per-day many --sources 3", '--records-per-day is "many": write a number above 0, such as 1e8.'],
  ["--records-per-day -5 --sources 3", '--records-per-day is "-5": write a number above 0, such as 1e8.'],
  ["--records-per-day 0 --sources 3", '--records-per-day is "0": write a number above 0, such as 1e8.'],
  ["--records-per-day 1e999 --sources 3", '--records-per-day is "1e999": write a number above 0, such as 1e8.'],
  ["--records-per-day 1e13 --sources 3", '--records-per-day is "1e13": nothing here was measured for more than 1e12.'],
  ["--records-per-day 1e8 --sources 2.5", '--sources is "2.5": write a whole number, such as 300.'],
  [
    "--records-per-day 100 --sources 300",
    "--sources is 300, but only 100 records come a day: count the sources that run at least daily.",
  ],
  ...["92", "92x", "0d"].map((time) => [
    `--records-per-day 1e8 --sources 300 --retention ${time}`,
    `--retention is "${time}": write hours, days or weeks, such as 92d.`,
  ]),
  [
    "--records-per-day 1e8 --sources 300 --peak 0.5",
    '--peak is "0.5": the busiest moment cannot be below the mean, 1.',
  ],
  ["--records 5", "error: unknown option '--records'"],
  ["5", 'error: too many arguments: "5".'],
])("%s is a mistake, and one sentence", async (line, sentence) => {
  const { status, stdout, stderr } = await asked(line!);
  expect([status, stdout, stderr.split("\n")[0]]).toEqual([1, "", sentence]);
});
