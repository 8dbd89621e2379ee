import { expect, test } from "vitest";
import { config } from "../../src/config.ts";
import { documentOf } from "../../src/report/document.ts";
import type { Figures, Level } from "../../src/report/figures.ts";
import { observe, periodOf } from "../../src/report/period.ts";

const nothing = { p50: undefined, p95: undefined, p99: undefined, meanRepair: undefined, cpu: undefined, memory: undefined };
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
const notices = (now: string, over: Partial<Figures> = {}, [from, to] = ["2026-10-01", "2026-11-01"]) => {
  const period = periodOf({ from: from!, to: to!, zone: "UTC" });
  const at = Date.parse(now);
  const { notices, period: words } = documentOf({ period, observed: observe(period, at, config.retention.value), now: at, figures: figures(over), config });
  return [words, ...notices].map((text) => text.replaceAll("\u00a0", " "));
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
  expect(notices("2026-11-02T00:00:00Z", {}, ["2026-10-05T06:00:00Z", "2026-10-06"])).toEqual(["Du 5 octobre 2026 à 06:00 au 6 octobre 2026 à 00:00 (exclu)"]);
});
