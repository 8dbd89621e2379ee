import { expect, test } from "vitest";
import { documentOf } from "../../../src/tools/report/document.ts";
import type { Figures, Level } from "../../../src/tools/report/figures.ts";
import { observe, periodOf } from "../../../src/tools/report/period.ts";
import type { Origin } from "../../../src/tools/report/sources.ts";
import { config } from "../../support/config.ts";

const nothing = {
  p50: undefined,
  p95: undefined,
  p99: undefined,
  meanRepair: undefined,
  cpu: undefined,
  memory: undefined,
};
const level = (runs: number): Level => ({
  source: "",
  runs,
  failures: 0,
  repairs: 0,
  unrepaired: 0,
  freshness: { limit: 4500, longest: undefined, breaches: [] },
  ...nothing,
});
const figures = (over: Partial<Figures>): Figures => ({
  total: level(10),
  sources: [],
  days: [],
  causes: [],
  unrepaired: [],
  unreadable: 0,
  doubled: 0,
  ...over,
});
const loki = { kind: "loki" } as Origin;
const made = (now: string, over: Partial<Figures>, { from = "2026-10-01", to = "2026-11-01", origin = loki }) => {
  const period = periodOf({ from, to, zone: "UTC" });
  const at = Date.parse(now);
  return documentOf({
    period,
    observed: observe(period, { now: at, retentionSeconds: config.retention.value }),
    now: at,
    figures: figures(over),
    config,
    origin,
  });
};
const notices = (now: string, over: Partial<Figures> = {}, [from, to]: readonly string[] = [], origin = loki) => {
  const { notices, period } = made(now, over, { ...(from && to && { from, to }), origin });
  return [period, ...notices].map((text) => text.replaceAll("\u00a0", " "));
};

test("what makes a report incomplete or uncertain is said once, in words", () => {
  expect(notices("2026-11-02T00:00:00Z")).toEqual(["Du 1er octobre 2026 au 31 octobre 2026"]);
  expect(notices("2026-11-02T00:00:00Z", {}, ["2026-10-05", "2026-10-06"])).toEqual(["Le 5 octobre 2026"]);
  expect(notices("2026-11-02T00:00:00Z", { doubled: 2 })[1]).toMatch(/^Loki contient 2 exécutions en double, /);
  expect(notices("2026-11-02T00:00:00Z", { total: level(0), unreadable: 3 })[1]).toBe(
    "Aucune donnée : Loki ne contient aucune exécution pour cette période, seulement des lignes illisibles (3).",
  );
  expect(notices("2026-09-02T00:00:00Z", { total: level(0) }).slice(1)).toEqual([
    "Période à venir : elle n'a pas encore commencé.",
    "Aucune donnée : Loki ne contient aucune exécution pour cette période.",
  ]);
  expect(notices("2027-06-02T00:00:00Z", { total: level(0) })[1]).toBe(
    "Période incomplète : Loki ne conserve les données que 92 jours ; celles de cette période n'existent plus.",
  );
  expect(notices("2026-11-02T00:00:00Z", {}, ["2026-10-05T06:00:00Z", "2026-10-06"])).toEqual([
    "Du 5 octobre 2026 à 06:00 au 6 octobre 2026 à 00:00 (exclu)",
  ]);
});

test("of records without a Loki, it says what could not be read, and no word of INVALID", () => {
  const origin = (rejected: number, faults: number): Origin => ({ kind: "records", rejected, faults });
  const now = "2026-11-02T00:00:00Z";
  expect(notices(now, {}, [], origin(0, 0))).toHaveLength(1);
  expect(notices(now, { total: level(0) }, [], origin(3, 1)).slice(1)).toEqual([
    "Aucune donnée : les journaux lus ne contiennent aucune exécution pour cette période.",
    "3 enregistrements des journaux ont été rejetés et manquent aux chiffres, s'ils sont de cette période.",
    "1 fichier n'a pas pu être lu jusqu'au bout : ses exécutions manquent aux chiffres.",
  ]);
  expect(notices(now, {}, [], origin(1, 2)).slice(1)).toEqual([
    "1 enregistrement des journaux a été rejeté et manque aux chiffres, s'il est de cette période.",
    "2 fichiers n'ont pas pu être lus jusqu'au bout : leurs exécutions manquent aux chiffres.",
  ]);
  expect(JSON.stringify(made(now, {}, { origin: loki }))).toContain("INVALID");
  expect(JSON.stringify(made(now, {}, { origin: origin(3, 0) }))).not.toContain("INVALID");
});
