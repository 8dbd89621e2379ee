import type { Config } from "../config.schema.ts";
import { printable } from "../diff/render/printable.ts";
import { watches } from "../queries/watches.ts";
import { inFrench, percent, type Quantity, seconds } from "../units.ts";
import { type Cause, commonText } from "./failures.ts";
import type { Figures, Level } from "./figures.ts";
import { beyond } from "./silences.ts";
import { type Cell, cell, column, type Table } from "./table.ts";

const ALL = "Ensemble";
const MOST_OBJECTS = 5;

export const NO_DESCRIPTION = "(sans description)";
export const told = (text: string | undefined): string => printable(text ?? "") || NO_DESCRIPTION;
export const failureRate = ({ runs, failures }: Readonly<{ runs: number; failures: number }>) => (runs > 0 ? failures / runs : undefined);
const successRate = (of: Readonly<{ runs: number; failures: number }>) => (of.runs > 0 ? 1 - of.failures / of.runs : undefined);
const above = (value: number | undefined, limit: Quantity) => value !== undefined && value > limit.value;
const measured = (value: number | undefined, limit: Quantity) => cell(value, above(value, limit));
const named = ({ source }: Level) => cell(source || ALL);

/** What the report holds figures against: the thresholds that the alerts watch. */
export type Objectives = Readonly<Record<"failureRate" | "p95" | "cpu" | "memory", Quantity>>;
export function objectivesOf(config: Config): Objectives {
  const { failureRate, p95, cpu, memory } = watches(config);
  return { failureRate: failureRate.threshold, p95: p95.threshold, cpu: cpu.threshold, memory: memory.threshold };
}
const atLeast = ({ failureRate }: Objectives) => `au moins ${inFrench(percent(100 - failureRate.value * 100))}`;
const atMost = (limit: Quantity) => `au plus ${inFrench(limit)}`;

type Row = readonly [title: string, value: number | undefined, kind: NonNullable<Cell["kind"]>, objective?: string, over?: boolean];
const UNIT_NAMES = { s: "s", decbytes: "octets", percentunit: "ratio" } as const;

function synthesis({ total, sources, unrepaired, unreadable }: Figures, to: Objectives): Table {
  const breaches = sources.reduce((sum, { freshness }) => sum + freshness.breaches.length, 0);
  const rows: Row[] = [
    ["Exécutions", total.runs, "count"],
    ["Échecs", total.failures, "count"],
    ["Taux de succès", successRate(total), "percentunit", atLeast(to), above(failureRate(total), to.failureRate)],
    ["Rétablissements", total.repairs, "count"],
    ["Temps moyen de rétablissement (MTTR)", total.meanRepair, "s"],
    ["Objets non rétablis à la fin de la période", total.unrepaired, "count", "aucun", total.unrepaired > 0],
    ["… dont toujours en échec", unrepaired.filter(({ repairedAt }) => repairedAt === undefined).length, "count"],
    ["Manquements à la fraîcheur", breaches, "count", "aucun", breaches > 0],
    ["Durée médiane (p50)", total.p50, "s"],
    ["Durée p95", total.p95, "s", atMost(to.p95), above(total.p95, to.p95)],
    ["Durée p99", total.p99, "s"],
    ["Temps CPU maximal", total.cpu, "s", atMost(to.cpu), above(total.cpu, to.cpu)],
    ["Mémoire maximale", total.memory, "decbytes", atMost(to.memory), above(total.memory, to.memory)],
    ["Lignes illisibles (INVALID)", unreadable, "count"],
  ];
  return {
    name: "synthese",
    title: "Indicateurs",
    columns: [
      column("Indicateur", "text"),
      column("Valeur", "count"),
      { ...column("Unité", "text"), csvOnly: true },
      column("Objectif", "text"),
      column("Verdict", "text"),
    ],
    rows: rows.map(([title, value, kind, objective, over = false]) => [
      cell(title),
      { value, kind, over },
      cell(kind in UNIT_NAMES ? UNIT_NAMES[kind as keyof typeof UNIT_NAMES] : ""),
      cell(objective),
      cell(objective === undefined || value === undefined ? undefined : over ? "dépassé" : "respecté", over),
    ]),
    empty: "",
  };
}

const days = ({ days }: Figures, to: Objectives): Table => ({
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
    cell(successRate(day), above(failureRate(day), to.failureRate)),
  ]),
  empty: "",
});

const reliability = ({ total, sources }: Figures, to: Objectives): Table => ({
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
    cell(successRate(level), above(failureRate(level), to.failureRate)),
    cell(level.repairs),
    cell(level.meanRepair),
    cell(level.unrepaired, level.unrepaired > 0),
  ]),
  empty: "",
});

/** The causes of all sources that say the same, as one. */
function together(causes: readonly Cause[]): Cause[] {
  const merged = new Map<string, Cause>();
  for (const { source, text, count, objects } of causes) {
    const key = JSON.stringify(text === undefined ? null : commonText(text));
    const all = merged.get(key) ?? { source: "", text, count: 0, objects: new Set<string>() };
    all.count += count;
    for (const objet of objects) all.objects.add(`${source} · ${objet}`);
    merged.set(key, all);
  }
  return [...merged.values()];
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const mostFirst = (a: Cause, b: Cause) => b.count - a.count || order(a.source, b.source) || order(a.text ?? "", b.text ?? "");
function listed(objects: ReadonlySet<string>): string {
  const names = [...objects].map(printable).sort();
  const rest = names.length - MOST_OBJECTS;
  return `${names.slice(0, MOST_OBJECTS).join(", ")}${rest > 0 ? ` et ${rest} ${rest > 1 ? "autres" : "autre"}` : ""}`;
}

function causes({ causes, total, sources }: Figures): Table {
  const failures = new Map([total, ...sources].map(({ source, failures }) => [source, failures]));
  return {
    name: "causes",
    title: "Causes des échecs",
    columns: [
      column("Source", "text"),
      column("Cause", "text"),
      column("Échecs", "count"),
      column("Part des échecs", "percentunit"),
      column("Objets", "count"),
      column("Objets concernés", "text"),
    ],
    rows: [...together(causes).sort(mostFirst), ...[...causes].sort(mostFirst)].map(({ source, text, count, objects }) => [
      cell(source ? printable(source) : ALL),
      cell(told(text)),
      cell(count),
      cell(count / (failures.get(source) ?? count)),
      cell(objects.size),
      cell(listed(objects)),
    ]),
    empty: "Aucun échec.",
  };
}

const unrepaired = ({ unrepaired }: Figures): Table => ({
  name: "non-retablis",
  title: "Objets non rétablis",
  columns: [
    column("Source", "text"),
    column("Entreprise", "text"),
    column("Objet", "text"),
    column("En échec depuis", "time"),
    column("Échecs", "count"),
    column("Dernière description", "text"),
    column("Rétabli depuis", "time"),
  ],
  rows: unrepaired
    .toSorted((a, b) => a.since - b.since || order(a.source, b.source) || order(a.objet, b.objet))
    .map(({ source, entreprise, objet, since, count, description, repairedAt }) => [
      cell(printable(source)),
      cell(printable(entreprise)),
      cell(printable(objet)),
      cell(since),
      cell(count),
      cell(told(description)),
      cell(repairedAt ?? "non", repairedAt === undefined),
    ]),
  empty: "Tout objet en échec a été rétabli dans la période.",
});

function freshness({ total, sources }: Figures, observedSeconds: number): Table {
  return {
    name: "fraicheur",
    title: "Fraîcheur par source",
    columns: [
      column("Source", "text"),
      column("Silence maximal admis", "s"),
      column("Plus long silence", "s"),
      column("Début", "time"),
      column("Fin", "time"),
      column("Manquements", "count"),
      column("Temps hors objectif", "s"),
      column("Respect de l'objectif", "percentunit"),
    ],
    rows: [total, ...sources].map((level) => {
      const { limit, longest, breaches } = level.freshness;
      const length = longest && (longest.end - longest.start) / 1000;
      return [
        level === total ? cell("Toutes à la fois") : named(level),
        cell(limit),
        cell(length, limit !== undefined && above(length, seconds(limit))),
        cell(longest?.start),
        cell(longest?.end),
        cell(limit === undefined ? undefined : breaches.length, breaches.length > 0),
        cell(limit === undefined ? undefined : beyond(level.freshness)),
        cell(limit === undefined ? undefined : 1 - beyond(level.freshness) / observedSeconds),
      ];
    }),
    empty: "",
  };
}

const silences = ({ sources }: Figures): Table => ({
  name: "silences",
  title: "Manquements à la fraîcheur",
  columns: [column("Source", "text"), column("Début", "time"), column("Fin", "time"), column("Durée", "s"), column("Admis", "s"), column("Dépassement", "s")],
  rows: sources
    .flatMap(({ source, freshness: { limit = 0, breaches } }) =>
      breaches.map(({ start, end }) => ({ source, start, end, limit, length: (end - start) / 1000 })),
    )
    .toSorted((a, b) => a.start - b.start || order(a.source, b.source))
    .map(({ source, start, end, limit, length }) => [cell(printable(source)), cell(start), cell(end), cell(length), cell(limit), cell(length - limit)]),
  empty: "Aucune source n'est restée silencieuse plus longtemps qu'admis.",
});

const performance = ({ total, sources }: Figures, to: Objectives): Table => ({
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

/** Every table of the report, by what it is about. */
export const tablesOf = (figures: Figures, to: Objectives, observedSeconds: number) => ({
  synthesis: synthesis(figures, to),
  days: days(figures, to),
  reliability: reliability(figures, to),
  causes: causes(figures),
  unrepaired: unrepaired(figures),
  freshness: freshness(figures, observedSeconds),
  silences: silences(figures),
  performance: performance(figures, to),
});
