import { inFrench, percent, type Quantity } from "../../../core/units.ts";
import type { Figures } from "../figures.ts";
import { above, failureRate, type Objectives, successRate } from "../objectives.ts";
import type { Origin } from "../sources.ts";
import { type Cell, cell, type Table, tableOf, UNITS } from "../table.ts";

/** Indicators without an objective that a reader looks for first. */
const [RUNS, FAILURES, MTTR] = ["Exécutions", "Échecs", "Temps moyen de rétablissement (MTTR)"] as const;
export const ALWAYS_ON_TILES: ReadonlySet<string> = new Set([RUNS, FAILURES, MTTR]);

const atLeast = ({ failureRate }: Objectives) => `au moins ${inFrench(percent(100 - failureRate.value * 100))}`;
const atMost = (limit: Quantity) => `au plus ${inFrench(limit)}`;

type Row = readonly [
  title: string,
  value: number | undefined,
  kind: NonNullable<Cell["kind"]>,
  objective?: string,
  over?: boolean,
];

const verdict = ([, value, , objective, over = false]: Row): Cell => {
  const isJudged = objective !== undefined && value !== undefined;
  const kept = over ? "dépassé" : "respecté";
  return cell(isJudged ? kept : undefined, { over });
};

/** The indicators of all sources, with their objectives. */
export function synthesis(
  { total, sources, unrepaired, unreadable }: Figures,
  to: Objectives,
  { kind }: Origin,
): Table {
  const breaches = sources.reduce((sum, { freshness }) => sum + freshness.breaches.length, 0);
  const rows: Row[] = [
    [RUNS, total.runs, "count"],
    [FAILURES, total.failures, "count"],
    ["Taux de succès", successRate(total), "percentunit", atLeast(to), above(failureRate(total), to.failureRate)],
    ["Rétablissements", total.repairs, "count"],
    [MTTR, total.meanRepair, "s"],
    ["Objets non rétablis à la fin de la période", total.unrepaired, "count", "aucun", total.unrepaired > 0],
    ["… dont toujours en échec", unrepaired.filter(({ repairedAt }) => repairedAt === undefined).length, "count"],
    ["Manquements à la fraîcheur", breaches, "count", "aucun", breaches > 0],
    ["Durée médiane (p50)", total.p50, "s"],
    ["Durée p95", total.p95, "s", atMost(to.p95), above(total.p95, to.p95)],
    ["Durée p99", total.p99, "s"],
    ["Temps CPU maximal", total.cpu, "s", atMost(to.cpu), above(total.cpu, to.cpu)],
    ["Mémoire maximale", total.memory, "decbytes", atMost(to.memory), above(total.memory, to.memory)],
    ...(kind === "loki" ? [["Lignes illisibles (INVALID)", unreadable, "count"] as const] : []),
  ];
  return tableOf(rows, {
    name: "synthese",
    title: "Indicateurs",
    columns: [
      ["Indicateur", "text", ([title]) => title],
      ["Valeur", "count", ([, value, kind, , over = false]) => ({ value, kind, over })],
      ["Unité", "text", ([, , kind]) => UNITS[kind] ?? "", "csvOnly"],
      ["Objectif", "text", ([, , , objective]) => objective],
      ["Verdict", "text", verdict],
    ],
  });
}
