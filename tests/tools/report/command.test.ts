import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { config } from "../../../src/config.ts";
import { reportFor } from "../../../src/tools/report/command.ts";
import { runningLoki } from "../../../src/tools/report/loki.ts";
import { called, endOf } from "../../support/called.ts";
import { folderOfTest } from "../../support/folder.ts";
import { served } from "../../support/served.ts";

const OCTOBER = ["--from", "2026-10-01", "--to", "2026-11-01"];
let folder: string;
beforeEach(() => {
  folder = folderOfTest();
});

const NOW = Date.parse("2026-11-02T00:00:00Z");
/** The command, at a moment of the test's own. */
const cli = (args: readonly string[], env: Record<string, string> = {}, stdin = "") =>
  endOf((around) => reportFor(args, config, { ...around, now: () => NOW }), { env, stdin, folder });
/** What answers on a port that is no Loki's: the given text to everything. */
const answering = async (status: number, body: string) =>
  `http://127.0.0.1:${await served(createServer((_, response) => response.writeHead(status).end(body)))}`;

describe("a mistake is one sentence, status 1, and no file", () => {
  test.each([
    [
      ["--to", "2026-11-01"],
      "error: required option '--from <date>' not specified\nnpx ingestion report --help says what it takes.\n",
    ],
    [
      ["--from", "2026-13-01", "--to", "2026-11-01"],
      '--from is "2026-13-01"; write a day of the calendar such as 2026-10-01, or a time such as 2026-10-01T06:00 (in UTC) or 2026-10-01T06:00:00Z.\n',
    ],
    [
      [...OCTOBER, "--timezone", "Mars/Olympus"],
      '--timezone is "Mars/Olympus", which is no known time zone; set it to an IANA name such as Europe/Paris or America/Montreal.\n',
    ],
    [
      [...OCTOBER, "--loki", "localhost:3100"],
      'Loki\'s address is "localhost:3100"; write it as http://127.0.0.1:3100.\n',
    ],
    [
      [...OCTOBER, "--loki", "http://127.0.0.1:3100", "--logs", "-"],
      "--logs and --loki were both given; a report is made of one of them.\n",
    ],
    [[...OCTOBER, "--logs", "no/such.json"], "The file no/such.json does not exist; check its name.\n"],
    [
      [...OCTOBER, "--loki", "http://127.0.0.1:18"],
      "Loki at http://127.0.0.1:18 does not answer (ECONNREFUSED); start it with npm start, or name another with --loki or LOKI_URL.\n",
    ],
  ])("%j", async (args, stderr) => {
    expect(await cli(args)).toEqual({ status: 1, stdout: "", stderr });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("the variables of the environment are named where they are wrong", async () => {
    expect((await cli(OCTOBER, { LOGS_TIMEZONE: "nowhere" })).stderr).toBe(
      'LOGS_TIMEZONE is "nowhere", which is no known time zone; set it to an IANA name such as Europe/Paris or America/Montreal.\n',
    );
    expect(await called(["report", ...OCTOBER], { env: { LOKI_URL: "http://127.0.0.1:18/" }, folder })).toEqual({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/^Loki at http:\/\/127\.0\.0\.1:18 does not answer \(ECONNREFUSED\); .+\n$/),
    });
  });

  test.each([
    [200, "<html>hello</html>", / does not answer like a Loki; name another with --loki or LOKI_URL\.\n$/],
    [200, "{}", / does not answer like a Loki; name another with --loki or LOKI_URL\.\n$/],
    [503, "not\nready", /^Loki at \S+ refused a request \(503: not ready\); .+\.\n$/],
  ])("what answers %i %j is no Loki", async (status, body, stderr) => {
    const ended = await cli([...OCTOBER, "--loki", await answering(status, body)]);
    expect(ended).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(stderr) });
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.each([
  [
    200,
    '{"limits":{"max_query_length":"0s","max_entries_limit_per_query":7000}}',
    { longestQuery: Number.POSITIVE_INFINITY, mostLines: 7000 },
  ],
  [
    200,
    '{"limits":{"max_query_length":"30d1h","max_entries_limit_per_query":0}}',
    { longestQuery: 721 * 3600, mostLines: 5000 },
  ],
  [200, '{"limits":{"max_query_length":"90m"}}', { longestQuery: 5400, mostLines: 5000 }],
  [404, "not found", { longestQuery: 721 * 3600, mostLines: 5000 }],
])("a Loki that answers %i %j about its limits is asked within them", async (status, body, limits) => {
  expect((await runningLoki({ url: await answering(status, body) })).limits).toEqual(limits);
});

describe("records without a Loki", () => {
  const record = (day: string, etat: string) =>
    JSON.stringify({
      Entreprise: "akonovia",
      Zone: "1-Raw",
      Source: "Efficy",
      Objet: "companies",
      Etat: etat,
      Fin: `${day}-10-2026 06:00:00`,
      Description: "x",
    });
  const lines = [record("05", "SUCCESS"), record("06", "FAILED"), "{}"].map((line) => `${line}\n`);

  test("from standard input; what is rejected is told", async () => {
    const ended = await cli([...OCTOBER, "--logs", "-"], {}, lines.join(""));
    expect(ended).toEqual({
      status: 0,
      stdout: `2 runs, 1 failed; 10 files rapport-2026-10-01_2026-11-01* in ${join(folder, "rapports")}\n`,
      stderr: expect.stringMatching(/^2 records taken, 1 rejected:\nstandard input: .*"line":3,.*Etat is missing.*\n$/),
    });
  });

  test("a folder that cannot be written is one sentence", async () => {
    writeFileSync(join(folder, "file"), "");
    expect((await cli([...OCTOBER, "--logs", "-", "--out", "file"], {}, lines.join(""))).stderr).toMatch(
      /^--out \S+\/file cannot be written \(ENOTDIR: .+\); name another place\.\n$/,
    );
  });

  test("of a folder, in the zone of the records; a file that is none is told, and the others are used", async () => {
    const logs = join(folder, "logs");
    mkdirSync(logs);
    writeFileSync(join(logs, "a.json"), lines[0]!.replace("05-10-2026 06:00:00", "01-10-2026 00:30:00"));
    writeFileSync(join(logs, "b.json"), "no records");
    const inParis = await cli([...OCTOBER, "--timezone", "UTC", "--logs", logs], { LOGS_TIMEZONE: "Europe/Paris" });
    expect(inParis).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^no runs in this period; /),
      stderr: expect.stringContaining("b.json"),
    });
    expect(await cli([...OCTOBER, "--logs", logs], {})).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^1 runs, 0 failed; /),
    });
    expect(readFileSync(join(folder, "rapports", "rapport-2026-10-01_2026-11-01.md"), "utf8")).toContain(
      "1 fichier n'a pas pu être lu jusqu'au bout",
    );
  });
});
