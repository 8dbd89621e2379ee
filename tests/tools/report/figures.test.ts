import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { silent } from "../../../src/core/progress.ts";
import type { Store } from "../../../src/logql/server/server.ts";
import { figuresOf } from "../../../src/tools/report/figures.ts";
import { folderOfFile } from "../../support/folder.ts";
import { expectedRows } from "./expected.ts";
import { fileOf, type History, history, streamsOf } from "./month.ts";
import { config, held, type Made, report, rowsOf, served } from "./support.ts";

const timeZone = "Europe/Paris";
const at = (text: string) => Date.parse(text);
const folder = folderOfFile();
const fileWith = (name: string, records: History) => {
  const file = join(folder, name);
  writeFileSync(file, fileOf(records));
  return file;
};

/** Rows in which only their order among equals is left open. */
const sorted = (rows: string[][]) => rows.map((row) => row.join("\u0000")).sort();
function expectRows(made: Made, expected: Partial<ReturnType<typeof expectedRows>>) {
  for (const [name, rows] of Object.entries(expected)) {
    const [, ...found] = rowsOf(made.files.get(`-${name}.csv`)!);
    if (name === "synthese") expect(found.slice(-rows.length).map(([title, value]) => [title, value])).toEqual(rows);
    else if (name === "causes") {
      expect(sorted(found)).toEqual(sorted(rows));
      expect(found.map(([source, , count]) => [source, count])).toEqual(
        rows.map(([source, , count]) => [source, count]),
      );
    } else expect([name, found]).toEqual([name, rows]);
  }
}

/** Figures without what order of addition leaves in their last digits. */
const rounded = (figures: unknown) =>
  JSON.parse(
    JSON.stringify(figures, (_, value) => {
      const plain = value instanceof Set ? [...value] : value;
      return typeof plain === "number" ? Number(plain.toPrecision(14)) : plain;
    }),
  );

const [from, to, end] = [at("2026-09-30T22:00:00Z"), at("2026-10-31T23:00:00Z"), at("2026-11-03T00:00:00Z")];
const october = ["--from", "2026-10-01", "--to", "2026-11-01", "--timezone", timeZone];
const rowsAt = (of: History, [start, until]: readonly [number, number], now: number) =>
  expectedRows({ history: of, from: start, to: until, now, timeZone, sources: config.sources });

describe("records of two companies and nine sources, over a month with a clock change, without a Loki", () => {
  const month = history(from, end, { seed: 8, sparse: 4 });
  const expected = rowsAt(month, [from, to], end);

  test("the month has what a report must tell", () => {
    const { fiabilite, silences, causes, "non-retablis": open } = expected;
    expect(Number(fiabilite[0]![1])).toBeGreaterThan(5_000);
    expect(silences.length).toBeGreaterThan(15);
    expect(causes.length).toBeGreaterThan(50);
    expect(open.map((row) => row[6]).filter((repaired) => repaired === "non")).toHaveLength(1);
    expect(open.length).toBeGreaterThan(1);
  });

  test("every figure of every file is what the records say", async () => {
    const file = fileWith("month.json", month);
    const made = await report("2026-11-03T00:00:00Z", ["--logs", file, ...october]);
    const runs = month.runs.filter((run) => run.at >= from && run.at < to);
    expect(made).toMatchObject({
      status: 0,
      stdout: `${runs.length} runs, ${runs.filter(({ etat }) => etat === "FAILED").length} failed; 10 files rapport-2026-10-01_2026-11-01* in TMP\n`,
    });
    const { synthese, ...others } = expected;
    // What is INVALID in Loki was no record, and is told instead.
    expectRows(made, { ...others, synthese: synthese.slice(0, -1) });
    expect(made.stderr).toContain(`${month.runs.length} records taken, ${month.invalid.length} rejected:\n`);
    expect(made.stderr).toContain(`… and ${month.invalid.length - 5} more rejects.\n`);
    for (const name of [".md", ".html", "-synthese.csv"])
      expect(made.files.get(name)!.replaceAll("&#39;", "'")).toContain(
        `${month.invalid.length} enregistrements des journaux ont été rejetés et manquent aux chiffres, s'ils sont de cette période.`,
      );
    expect([...made.files.values()].join()).not.toContain("INVALID");
    const facts = Object.fromEntries(rowsOf(made.files.get("-synthese.csv")!).slice(1, 7));
    expect(facts).toEqual({
      "Début de la période": "2026-10-01 00:00:00",
      "Fin de la période (exclue)": "2026-11-01 00:00:00",
      "Début des données": "2026-10-01 00:00:00",
      "Fin des données": "2026-11-01 00:00:00",
      "Fuseau horaire": timeZone,
      "Rapport établi": "2026-11-03 01:00:00",
    });
    expect(rowsOf(made.files.get("-jours.csv")!)).toHaveLength(32);
    expect([...made.files.values()].join()).not.toContain("incomplète");
  });

  test("eighty days are right to the last digit, however long ago", async () => {
    const [first, last] = [at("2026-03-01T00:00:00Z"), at("2026-05-20T00:00:00Z")];
    const days = history(first, last, { seed: 7, sparse: 48 });
    const made = await report("2027-05-20T00:00:00Z", [
      "--logs",
      fileWith("days.json", days),
      "--from",
      "2026-03-01",
      "--to",
      "2026-05-20",
    ]);
    expect(made).toMatchObject({ status: 0, stdout: expect.not.stringContaining("incomplete") });
    const { synthese, ...others } = expectedRows({
      history: days,
      from: first,
      to: last,
      now: last,
      timeZone: "UTC",
      sources: config.sources,
    });
    expectRows(made, { ...others, synthese: synthese.slice(0, -1) });
  });
});

describe("the same month, thinner, as a Loki holds it", () => {
  const month = history(from, end, { sparse: 8 });
  const streams = streamsOf(month);
  let store: Store;
  beforeAll(async () => {
    store = await served(streams, end);
  });
  afterAll(() => store.close());
  const asked = (now: string, args: readonly string[] = october) => report(now, args, { LOKI_URL: store.url });

  test("every figure of every file is what the lines say", async () => {
    const made = await asked("2026-11-03T00:00:00Z");
    expect(made.status).toBe(0);
    expectRows(made, rowsAt(month, [from, to], end));
  });

  test.each([
    [
      "not over yet",
      "2026-10-20T10:34:56.7Z",
      from,
      at("2026-10-20T10:34:56Z"),
      "elle n'est pas terminée ; les chiffres s'arrêtent au 20\u00a0octobre\u00a02026 à 12:34",
    ],
    [
      "beyond retention",
      "2027-01-10T09:30:00.2Z",
      at("2026-10-10T09:30:01Z"),
      to,
      "Loki ne conserve les données que 92 jours ; celles d'avant le 10\u00a0octobre\u00a02026 à 11:30",
    ],
  ])(
    "a period that is %s is named as incomplete everywhere, and its figures are those of the rest",
    async (_, now, start, until, notice) => {
      const made = await asked(now);
      expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining("; the period is incomplete; ") });
      for (const name of [".md", ".html", "-synthese.csv"])
        expect(made.files.get(name)!.replaceAll("&#39;", "'")).toContain(`Période incomplète : ${notice}`);
      expectRows(made, rowsAt(month, [start, until], at(now)));
    },
  );

  test("instants to the second, both in the middle of a day", async () => {
    const [start, until] = ["2026-10-24T23:30:00Z", "2026-10-25T04:00:00+01:00"];
    const made = await asked("2026-11-03T00:00:00Z", ["--from", start, "--to", until, "--timezone", timeZone]);
    expect(made.status).toBe(0);
    expectRows(
      { ...made, files: new Map([...made.files].map(([name, text]) => [name.replace(/^\+0100/, ""), text])) },
      rowsAt(month, [at(start), at(until)], end),
    );
  });

  test("a range that Loki would refuse in one query is split, and every figure stays", async () => {
    const logs = held(streams);
    const figures = (limits: Partial<typeof logs.limits>) =>
      figuresOf({ start: from, end: to, expired: false, unfinished: false, zone: timeZone }, config, {
        logs: { ...logs, limits: { ...logs.limits, ...limits } },
        now: end,
        progress: silent,
      });
    const atOnce = rounded(await figures({}));
    for (const limits of [
      { longestQuery: 721 * 3600, mostLines: 1000 },
      { longestQuery: 7 * 3600, mostLines: 100 },
    ])
      expect(rounded(await figures(limits))).toEqual(atOnce);
  });

  test("a period without any line says so, in one sentence, everywhere", async () => {
    const made = await asked("2026-07-20T00:00:00Z", ["--from", "2026-07-01", "--to", "2026-07-15"]);
    expect(made).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^no runs in this period; /) });
    for (const name of [".md", ".html", "-synthese.csv"])
      expect(made.files.get(name)).toContain("Aucune donnée : Loki ne contient aucune exécution pour cette période.");
    expect(rowsOf(made.files.get("-fiabilite.csv")!)).toHaveLength(1);
  });
});
