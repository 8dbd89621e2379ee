import type { Quantity } from "../../../core/units.ts";
import type { Figures } from "../figures.ts";
import { above, failureRate, type Objectives, successRate } from "../objectives.ts";
import { cell, column, named, type Table } from "../table.ts";

const measured = (value: number | undefined, limit: Quantity) => cell(value, { over: above(value, limit) });

/** Runs and failures of each day. */
export const days = ({ days }: Figures, to: Objectives): Table => ({
  name: "jours",
  title: "Jour par jour",
  columns: [
    column("Jour", "day"),
    column("Exécutions", "count"),
    column("Succès", "count"),
    column("Échecs", "count"),
    column("Taux de succès", "percentunit"),
  ],
  rows: days.map((day) => [
    cell(day.start),
    cell(day.runs),
    cell(day.runs - day.failures),
    cell(day.failures),
    cell(successRate(day), { over: above(failureRate(day), to.failureRate) }),
  ]),
  empty: "",
});

/** Runs, failures and repairs of each source. */
export const reliability = ({ total, sources }: Figures, to: Objectives): Table => ({
  name: "fiabilite",
  title: "Fiabilité par source",
  columns: [
    column("Source", "text"),
    column("Exécutions", "count"),
    column("Succès", "count"),
    column("Échecs", "count"),
    column("Taux de succès", "percentunit"),
    column("Rétablissements", "count"),
    column("MTTR", "s"),
    column("Objets non rétablis", "count"),
  ],
  rows: [total, ...sources].map((level) => [
    named(level),
    cell(level.runs),
    cell(level.runs - level.failures),
    cell(level.failures),
    cell(successRate(level), { over: above(failureRate(level), to.failureRate) }),
    cell(level.repairs),
    cell(level.meanRepair),
    cell(level.unrepaired, { over: level.unrepaired > 0 }),
  ]),
  empty: "",
});

/** Durations and peaks of each source. */
export const performance = ({ total, sources }: Figures, to: Objectives): Table => ({
  name: "performance",
  title: "Durées et ressources par source",
  columns: [
    column("Source", "text"),
    column("Durée p50", "s"),
    column("Durée p95", "s"),
    column("Durée p99", "s"),
    column("Temps CPU maximal", "s"),
    column("Mémoire maximale", "decbytes"),
  ],
  rows: [total, ...sources].map((level) => [
    named(level),
    cell(level.p50),
    measured(level.p95, to.p95),
    cell(level.p99),
    measured(level.cpu, to.cpu),
    measured(level.memory, to.memory),
  ]),
  empty: "",
});
