import { expect, test } from "vitest";
import { madeUpWeek } from "../../../src/logs/week.ts";
import { every } from "../../support/own-runs.ts";
import { backtest, figures } from "./support.ts";

const START = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;
const failures = (...minutes: readonly number[]) =>
  minutes.map((minute) => ({ at: START + minute * MINUTE, source: "Efficy", etat: "FAILED" as const }));
const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();

test("rule 1: each failure fires at the next minute and for five, and is mailed once", async () => {
  const quiet = every(10, START, [0, 600], { source: "Efficy" });
  const columnsOf = await figures([...quiet, ...failures(100.5, 300.5)]);
  const [{ instances, ...rule }] = columnsOf("1-echec-detecte");
  expect(rule).toMatchObject({
    fired: 2,
    first: at(101),
    longest: 300,
    total: 600,
    mails: { total: 2, new: 2, ended: 0, repeat: 0 },
  });
  expect(instances).toEqual([
    {
      labels: { source: "Efficy" },
      fired: 2,
      first: at(101),
      longest: 300,
      total: 600,
      firings: [
        { from: at(101), to: at(106) },
        { from: at(301), to: at(306) },
      ],
    },
  ]);
});

test("failures that go on are told again every hour, two sources at once in one mail", async () => {
  const quiet = every(10, START, [0, 600], { source: "Efficy" });
  const failing = ["PowerBI", "zohocrm"].flatMap((source) =>
    every(2, START, [100.5, 300.5], { source, etat: "FAILED" }),
  );
  const columnsOf = await figures([...quiet, ...failing]);
  const [{ mails, fired, longest }] = columnsOf("1-echec-detecte");
  // From 101 to 306 each: mailed ten seconds after the first, then 1 h, 2 h and 3 h later.
  expect({ fired, longest }).toEqual({ fired: 2, longest: 205 * 60 });
  expect(mails).toEqual({ total: 4, new: 1, ended: 0, repeat: 3 });
});

test("rule 3: a silence counts from the moment at which the records can show it, and its end is mailed", async () => {
  const expected = ["zohoprojects", "zohobooks", "zohocrm", "PowerBI", "sharepoint_graph", "EasyProjects"];
  const others = expected.flatMap((source) => every(10, START, [0, 600], { source }));
  const silent = [
    ...every(10, START, [0, 200], { source: "Efficy" }),
    ...every(10, START, [400, 600], { source: "Efficy" }),
  ];
  const columnsOf = await figures([...others, ...silent]);
  const [{ from, fired, instances, mails, distances }] = columnsOf("3-source-muette");
  expect(from).toBe(at(75));
  // Silent since 200: from 275 on, told again at 335 and 395, until it runs at 400.
  expect(fired).toBe(1);
  expect(instances[0]).toMatchObject({ labels: { source: "Efficy" }, firings: [{ from: at(275), to: at(400) }] });
  expect(mails).toEqual({ total: 4, new: 1, ended: 1, repeat: 2 });
  // At 399 minutes, the last evaluation before the run: 395, of a silence that began at 200.
  expect(distances[0]).toMatchObject({ name: "silence", threshold: 4500, max: 195 * 60 - 4500 });
});

test("records that are shorter than a silence are not judged by it, and it is said", async () => {
  const { status, out } = await backtest(every(5, START, [0, 60], { source: "Efficy" }));
  expect(status).toBe(0);
  expect(out).toMatch(/^3-source-muette +not judged$/m);
  expect(out).toContain("No rule would have fired.");
  expect(out).toMatch(
    /3-source-muette is not judged: it asks for a silence of 1 h 15 min, and the records begin less than that before 2026-11-20 13:00 UTC/,
  );
});

test("the range cuts: what fired before it is not counted, what goes on is counted from its start", async () => {
  const quiet = every(10, START, [0, 600], { source: "Efficy" });
  const columnsOf = await figures([...quiet, ...failures(100.5, 478)], "--range", "2h");
  const [{ instances }] = columnsOf("1-echec-detecte");
  expect(instances[0].firings).toEqual([{ from: at(480), to: at(483) }]);
});

type Point = Readonly<{ source: string; at: number; seconds: number | undefined }>;
const WEEK_END = Date.UTC(2026, 10, 27, 12);
/** Hours 124 to 95 before its end: all silent for a while, then one source slow. */
const week = madeUpWeek(WEEK_END).filter((_, index) => index >= 4896 && index < 6984);
const points: readonly Point[] = week.map((line) => {
  const record = JSON.parse(line);
  const [, day, month, year, clock] = /^(\d\d)-(\d\d)-(\d{4}) (.{12})/.exec(record.Fin)!;
  return {
    source: record.Source,
    at: Date.parse(`${year}-${month}-${day}T${clock}Z`),
    seconds: record["Duree secondes"],
  };
});

const sources = [...new Set(points.map(({ source }) => source))];
const first = Math.ceil(points[0]!.at / MINUTE) * MINUTE;
const minutes = Math.ceil((points.reduce((most, one) => Math.max(most, one.at), 0) - first) / MINUTE) + 1;

/** The p95 of the last 15 minutes of a source at every minute; undefined where it measured nothing. */
function p95s(source: string): readonly (number | undefined)[] {
  const seen: number[][] = Array.from({ length: minutes }, () => []);
  for (const { at: time, source: own, seconds } of points) {
    if (own !== source || seconds === undefined) continue;
    // A run counts from the first minute that is not before it, for fifteen of them.
    const from = Math.ceil((time - first) / MINUTE);
    for (let minute = Math.max(0, from); minute < Math.min(minutes, from + 15); minute++) seen[minute]!.push(seconds);
  }
  return seen.map((values) => {
    if (values.length === 0) return undefined;
    values.sort((a, b) => a - b);
    const rank = 0.95 * (values.length - 1);
    return values[Math.floor(rank)]! + (values[Math.ceil(rank)]! - values[Math.floor(rank)]!) * (rank % 1);
  });
}
const measured = sources.map(p95s);

/** Rule 4 by hand: how often each source is above a limit for five minutes. */
function slow(limit: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [place, source] of sources.entries()) {
    let [since, isFiring, missing] = [undefined as number | undefined, false, 0];
    for (let minute = 0; minute < minutes; minute++) {
      const value = measured[place]![minute];
      const isAllGone = measured.every((all) => all[minute] === undefined);
      missing = value === undefined ? missing + 1 : 0;
      // A source that is missing stays as it is for one evaluation, unless all are.
      if (value === undefined && !isAllGone && missing < 2) continue;
      if (value === undefined || value <= limit) [since, isFiring] = [undefined, false];
      else {
        since ??= minute;
        if (!isFiring && minute - since >= 5) {
          isFiring = true;
          found.set(source, (found.get(source) ?? 0) + 1);
        }
      }
    }
  }
  return found;
}

test("thresholds that are tried: each column counts what the records themselves give", {
  timeout: 120_000,
}, async () => {
  const { out } = await backtest(week.join("\n"), "--json", "--try", "p95=5s,10s,20s");
  const [{ rule, setting, columns }] = JSON.parse(out).rules;
  expect({ rule, setting }).toEqual({ rule: "4-latence-degradee", setting: "rules.4-latence-degradee.p95" });
  for (const [index, limit] of [5, 10, 20].entries()) {
    const wanted = slow(limit);
    const shown = columns[index].instances.map(({ labels, fired }: { labels: { source: string }; fired: number }) => [
      labels.source,
      fired,
    ]);
    expect(new Map(shown), `${limit} s`).toEqual(wanted);
    expect(columns[index]).toMatchObject({ value: `${limit} s`, now: limit === 10 });
  }
  expect(columns[0].fired).toBeGreaterThan(columns[2].fired);
  expect(columns[2].fired).toBeGreaterThan(0);
});
