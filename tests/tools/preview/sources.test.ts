import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bucket } from "../../support/bucket.ts";
import { sample } from "../../support/expected.ts";
import { folderOfFile } from "../../support/folder.ts";
import { ask, countOf, start } from "./running.ts";

const folder = folderOfFile();

const lines = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");
const succeeded = (records: typeof sample) => records.filter(({ Etat }) => Etat === "SUCCESS").length;
const [first, rest] = [sample.slice(0, 30), sample.slice(30)];
const WIDE = "from=2025-09-05T00:00:00Z&to=2025-09-06T00:00:00Z";

describe("records of S3", () => {
  const objects = () =>
    new Map([...Object.entries({ "in/1.json": lines(first), "in/2.json": lines(rest), "out/3.json": "x" })]);
  test.each([
    ["s3://b/in/", sample],
    ["s3://b/in/1.json", first],
  ] as const)("%s are shown, and named on the page", async (address, wanted) => {
    await bucket(objects());
    const { url, stop, ended, output } = start(["--logs", address, "--port", "0"]);
    expect(await countOf(await url(), WIDE)).toBe(succeeded(wanted));
    expect((await ask(`${await url()}/api/state`)).body).toMatchObject({ name: address, notices: [] });
    expect(output.err).toBe("");
    stop();
    expect(await ended).toBe(0);
  });
  test("that are not there are one sentence", async () => {
    await bucket(objects());
    const { output, ended } = start(["--logs", "s3://b/in/9.json", "--port", "0"]);
    expect(await ended).toBe(1);
    expect(output.err.trim().split("\n")).toEqual([expect.stringContaining("s3://b/in/9.json")]);
  });
});

describe("reading", () => {
  const file = join(folder, "own.jsonl");
  test("shows a bar on a terminal, which is gone afterwards, and none elsewhere", async () => {
    writeFileSync(file, lines(sample));
    const terminal = start(["--logs", file, "--port", "0"], { isTerminal: true });
    await terminal.url();
    expect(terminal.output.err).toMatch(/0 % · reading records/);
    terminal.stop();
    const plain = start(["--logs", file, "--port", "0"]);
    await plain.url();
    expect(plain.output.err).toBe("");
    plain.stop();
    expect([await terminal.ended, await plain.ended]).toEqual([0, 0]);
  });
  test("a broken file tells the first of its rejects, with their lines, and how many more there are", async () => {
    const broken = Array.from({ length: 20 }, () => "no record\n").join("");
    writeFileSync(file, `${lines(first)}${broken}${lines(rest)}`);
    const { url, output } = start(["--logs", file, "--port", "0"]);
    const { body } = await ask(`${await url()}/api/state`);
    const { notices } = body as { notices: readonly string[] };
    expect(notices[0]).toBe("72 enregistrements lus, 20 rejetés :");
    expect(notices[1]).toMatch(/own\.jsonl: {"line":31,/);
    expect(notices.at(-1)).toBe("… et 15 autres rejets");
    expect(output.err).toMatch(/^72 records taken, 20 rejected:\n/);
    expect(output.err).toContain("… and 15 more rejects.");
    expect(await countOf(await url())).toBe(succeeded(sample));
  });
});
