import { inFrench, type Quantity } from "../../core/units.ts";
import type { Chart } from "../../view/svg.ts";
import * as dayCharts from "./charts/days.ts";
import * as levelCharts from "./charts/levels.ts";
import type { Figures, Level } from "./figures.ts";
import * as french from "./french.ts";
import { above, failureRate, type Objectives, objectivesOf } from "./objectives.ts";
import { named, type Table } from "./table.ts";
import { causes, unrepaired } from "./tables/failures.ts";
import { freshness, silences } from "./tables/freshness.ts";
import { days, performance, reliability } from "./tables/levels.ts";
import { synthesis } from "./tables/synthesis.ts";
import { inWords, type Made, methodOf, noticesOf } from "./words.ts";

export type Section = Readonly<{ title: string; charts: readonly Chart[]; tables: readonly Table[] }>;
/** The report as all its forms say it; texts are plain. */
export type Document = Readonly<{
  title: string;
  /** The period in words. */
  period: string;
  zone: string;
  /** When the report was made, in words. */
  made: string;
  /** What was asked and what is observed, as names and values. */
  facts: readonly (readonly [name: string, value: string])[];
  /** What makes the figures incomplete or uncertain. */
  notices: readonly string[];
  highlights: readonly string[];
  sections: readonly Section[];
  method: readonly string[];
}>;

type Objective = Readonly<{ limit: Quantity; kind: "percentunit" | "s" | "decbytes" }>;
/** A sentence for each source that breaks an objective. */
function highlightsOf({ sources }: Figures, to: Objectives): string[] {
  const beyond = (what: string, value: number | undefined, { limit, kind }: Objective) =>
    above(value, limit) && `${what} de ${french.number(value, kind)} (objectif : au plus ${inFrench(limit)})`;
  const faults = (level: Level) => {
    const { breaches, limit } = level.freshness;
    const silences = breaches.length > 1 ? "silences" : "silence";
    const unrepaired = level.unrepaired > 1 ? `${level.unrepaired} objets non rétablis` : "1 objet non rétabli";
    return [
      beyond("taux d'échec", failureRate(level), { limit: to.failureRate, kind: "percentunit" }),
      beyond("durée p95", level.p95, { limit: to.p95, kind: "s" }),
      beyond("pic de CPU", level.cpu, { limit: to.cpu, kind: "s" }),
      beyond("pic de mémoire", level.memory, { limit: to.memory, kind: "decbytes" }),
      breaches.length > 0 && `${breaches.length} ${silences} de plus de ${french.number(limit, "s")}`,
      level.unrepaired > 0 && unrepaired,
    ].filter(Boolean);
  };
  return sources.flatMap((level) => {
    const breaches = faults(level);
    return breaches.length > 0 ? [`${named(level)} : ${breaches.join(" ; ")}.`] : [];
  });
}

/** Words, tables and charts of a report, in French. */
export function documentOf(made: Made): Document {
  const { period, observed, now, figures, config, origin } = made;
  const { zone } = period;
  const to = objectivesOf(config);
  const nothing = figures.total.runs === 0;
  // Without any run, “no failure” and “no silence” would be false comfort.
  const empty = (table: Table): Table => ({ ...table, rows: [], empty: "" });
  const section = (title: string, tables: readonly Table[], ...charts: readonly Chart[]): Section =>
    nothing ? { title, tables: tables.map(empty), charts: [] } : { title, tables, charts };
  const sections = [
    section("Synthèse", [synthesis(figures, to, origin)]),
    section("Activité", [days(figures, to)], dayCharts.activity(figures, zone)),
    section("Fiabilité", [reliability(figures, to)], levelCharts.failureRates(figures, to)),
    section("Échecs", [causes(figures), unrepaired(figures)]),
    section(
      "Fraîcheur",
      [freshness(figures, (observed.end - observed.start) / 1000), silences(figures)],
      dayCharts.silences(figures, zone),
    ),
    section(
      "Durées et ressources",
      [performance(figures, to)],
      levelCharts.durations(figures, to),
      levelCharts.resources(figures, to),
    ),
  ];
  return {
    title: "Niveaux de service de l'ingestion",
    period: inWords(period),
    zone,
    made: french.momentInWords(now, zone),
    facts: [
      ["Début de la période", french.sortable(period.from, zone)],
      ["Fin de la période (exclue)", french.sortable(period.to, zone)],
      ["Début des données", french.sortable(observed.start, zone)],
      ["Fin des données", french.sortable(observed.end, zone)],
      ["Fuseau horaire", zone],
      ["Rapport établi", french.sortable(now, zone)],
    ],
    notices: noticesOf(made),
    highlights: nothing ? [] : highlightsOf(figures, to),
    sections,
    method: methodOf(origin),
  };
}
