import { beforeAll, describe, expect, inject, test } from "vitest";
import { figuresOf } from "../../src/report/figures.ts";
import { limitsOf } from "../../src/report/loki.ts";
import { expectedRows } from "./expected.ts";
import { history, streamsOf } from "./month.ts";
import { config, type Made, report, rowsOf, store } from "./support.ts";

const url = inject("reportLoki");
const timeZone = "Europe/Paris";
const at = (text: string) => Date.parse(text);

/** Rows in which only their order among equals is left open. */
const sorted = (rows: string[][]) => rows.map((row) => row.join("\u0000")).sort();
function expectRows(made: Made, expected: ReturnType<typeof expectedRows>) {
  for (const [name, rows] of Object.entries(expected)) {
    const [, ...found] = rowsOf(made.files.get(`-${name}.csv`)!);
    if (name === "synthese") expect(found.slice(-rows.length).map(([title, value]) => [title, value])).toEqual(rows);
    else if (name === "causes") {
      expect(sorted(found)).toEqual(sorted(rows));
      expect(found.map(([source, , count]) => [source, count])).toEqual(rows.map(([source, , count]) => [source, count]));
    } else expect([name, found]).toEqual([name, rows]);
  }
}

describe("a month of two companies and nine sources, with a clock change", () => {
  const [from, to, end] = [at("2026-09-30T22:00:00Z"), at("2026-10-31T23:00:00Z"), at("2026-11-03T00:00:00Z")];
  const month = history(from, end);
  const expectedAt = (start: number, until: number, now: number) =>
    expectedRows({ history: month, from: start, to: until, now, timeZone, sources: config.sources });

  beforeAll(() => store(url, streamsOf(month), from, end));

  test("the month has what a report must tell", () => {
    const { fiabilite, silences, causes, "non-retablis": open } = expectedAt(from, to, end);
    expect(Number(fiabilite[0]![1])).toBeGreaterThan(20_000);
    expect(silences.length).toBeGreaterThan(15);
    expect(causes.length).toBeGreaterThan(50);
    expect(open.map((row) => row[6]).filter((repaired) => repaired === "non")).toHaveLength(1);
    expect(open.length).toBeGreaterThan(1);
  });

  test("every figure of every file is what the records say", async () => {
    const made = await report(url, "2026-11-03T00:00:00Z", ["--from", "2026-10-01", "--to", "2026-11-01", "--timezone", timeZone]);
    const runs = month.runs.filter((run) => run.at >= from && run.at < to);
    expect(made).toMatchObject({
      status: 0,
      stdout: `${runs.length} runs, ${runs.filter(({ etat }) => etat === "FAILED").length} failed; 10 files rapport-2026-10-01_2026-11-01* in TMP\n`,
    });
    expectRows(made, expectedAt(from, to, end));
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
  ])("a period that is %s is named as incomplete everywhere, and its figures are those of the rest", async (_, now, start, until, notice) => {
    const made = await report(url, now, ["--from", "2026-10-01", "--to", "2026-11-01", "--timezone", timeZone]);
    expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining("; the period is incomplete; ") });
    for (const name of [".md", ".html", "-synthese.csv"]) expect(made.files.get(name)!.replaceAll("&#39;", "'")).toContain(`Période incomplète : ${notice}`);
    expectRows(made, expectedAt(start, until, at(now)));
  });

  test("instants to the second, both in the middle of a day", async () => {
    const [start, until] = ["2026-10-24T23:30:00Z", "2026-10-25T04:00:00+01:00"];
    const made = await report(url, "2026-11-03T00:00:00Z", ["--from", start, "--to", until, "--timezone", timeZone]);
    expect(made.status).toBe(0);
    expectRows({ ...made, files: new Map([...made.files].map(([name, text]) => [name.replace(/^\+0100/, ""), text])) }, expectedAt(at(start), at(until), end));
  });

  test("a range that Loki would refuse in one query is split, and every figure stays", async () => {
    const limits = await limitsOf(url);
    expect(limits).toEqual({ longestQuery: Number.POSITIVE_INFINITY, mostLines: 5000 });
    const asked = (longestQuery: number, mostLines: number) =>
      figuresOf({ start: from, end: to, expired: false, unfinished: false, zone: timeZone }, config, {
        url,
        limits: { longestQuery, mostLines },
        now: end,
        progress: { start() {}, step() {}, stop() {} },
      });
    const whole = await asked(limits.longestQuery, limits.mostLines);
    const rounded = (figures: unknown) =>
      JSON.parse(
        JSON.stringify(figures, (_, value) => (typeof value === "number" ? Number(value.toPrecision(14)) : value instanceof Set ? [...value] : value)),
      );
    for (const [longest, lines] of [
      [721 * 3600, 1000],
      [7 * 3600, 100],
    ] as const)
      expect(rounded(await asked(longest, lines))).toEqual(rounded(whole));
  });

  test("a period without any line says so, in one sentence, everywhere", async () => {
    const made = await report(url, "2026-07-20T00:00:00Z", ["--from", "2026-07-01", "--to", "2026-07-15"]);
    expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(/^no runs in this period; /) });
    for (const name of [".md", ".html", "-synthese.csv"])
      expect(made.files.get(name)).toContain("Aucune donnée : Loki ne contient aucune exécution pour cette période.");
    expect(rowsOf(made.files.get("-fiabilite.csv")!)).toHaveLength(1);
  });
});

test("eighty days are right to the last digit", async () => {
  const [from, to] = [at("2026-03-01T00:00:00Z"), at("2026-05-20T00:00:00Z")];
  const days = history(from, to, { seed: 7, sparse: 4 });
  await store(url, streamsOf(days), from, to);
  const made = await report(url, "2026-05-20T00:00:00Z", ["--from", "2026-03-01", "--to", "2026-05-20"]);
  expect(made.status).toBe(0);
  expectRows(made, expectedRows({ history: days, from, to, now: to, timeZone: "UTC", sources: config.sources }));
});
