import type { Quantity } from "../../../core/units.ts";
import type { Figures } from "../figures.ts";
import { above, failureRate, type Objectives, successRate } from "../objectives.ts";
import { cell, named, type Table, tableOf } from "../table.ts";

const measured = (value: number | undefined, limit: Quantity) => cell(value, { over: above(value, limit) });
type Counted = Parameters<typeof successRate>[0];
const successes = (counted: Counted, to: Objectives) =>
  cell(successRate(counted), { over: above(failureRate(counted), to.failureRate) });

/** Runs and failures of each day. */
export const days = ({ days }: Figures, to: Objectives): Table =>
  tableOf(days, {
    name: "jours",
    title: "Jour par jour",
    columns: [
      ["Jour", "day", ({ start }) => start],
      ["Exécutions", "count", ({ runs }) => runs],
      ["Succès", "count", ({ runs, failures }) => runs - failures],
      ["Échecs", "count", ({ failures }) => failures],
      ["Taux de succès", "percentunit", (day) => successes(day, to)],
    ],
  });

/** Runs, failures and repairs of each source. */
export const reliability = ({ total, sources }: Figures, to: Objectives): Table =>
  tableOf([total, ...sources], {
    name: "fiabilite",
    title: "Fiabilité par source",
    columns: [
      ["Source", "text", named],
      ["Exécutions", "count", ({ runs }) => runs],
      ["Succès", "count", ({ runs, failures }) => runs - failures],
      ["Échecs", "count", ({ failures }) => failures],
      ["Taux de succès", "percentunit", (level) => successes(level, to)],
      ["Rétablissements", "count", ({ repairs }) => repairs],
      ["MTTR", "s", ({ meanRepair }) => meanRepair],
      ["Objets non rétablis", "count", ({ unrepaired }) => cell(unrepaired, { over: unrepaired > 0 })],
    ],
  });

/** Durations and peaks of each source. */
export const performance = ({ total, sources }: Figures, to: Objectives): Table =>
  tableOf([total, ...sources], {
    name: "performance",
    title: "Durées et ressources par source",
    columns: [
      ["Source", "text", named],
      ["Durée p50", "s", ({ p50 }) => p50],
      ["Durée p95", "s", ({ p95 }) => measured(p95, to.p95)],
      ["Durée p99", "s", ({ p99 }) => p99],
      ["Temps CPU maximal", "s", ({ cpu }) => measured(cpu, to.cpu)],
      ["Mémoire maximale", "decbytes", ({ memory }) => measured(memory, to.memory)],
    ],
  });
