import type { Config } from "../../core/config/schema.ts";
import { inFrench } from "../../core/units.ts";
import type { Chart } from "../../view/svg.ts";
import * as charts from "./charts/charts.ts";
import type { Figures, Level } from "./figures.ts";
import * as french from "./french.ts";
import { failureRate, type Objectives, objectivesOf } from "./objectives.ts";
import type { Observed, Period } from "./period.ts";
import type { Origin } from "./sources.ts";
import { named, type Table } from "./table.ts";
import { causes, unrepaired } from "./tables/failures.ts";
import { freshness, silences } from "./tables/freshness.ts";
import { days, performance, reliability } from "./tables/levels.ts";
import { synthesis } from "./tables/synthesis.ts";
import { inWords, methodOf, noticesOf } from "./words.ts";

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

/** A sentence for each source that breaks an objective. */
function highlightsOf({ sources }: Figures, to: Objectives): string[] {
  const faults = (level: Level) => {
    const rate = failureRate(level) ?? 0;
    const { breaches } = level.freshness;
    const unrepaired = level.unrepaired > 1 ? `${level.unrepaired} objets non rétablis` : "1 objet non rétabli";
    return [
      ...(rate > to.failureRate.value
        ? [`taux d'échec de ${french.number(rate, "percentunit")} (objectif : au plus ${inFrench(to.failureRate)})`]
        : []),
      ...(["p95", "cpu", "memory"] as const).flatMap((name) => {
        const value = level[name];
        const what = { p95: "durée p95 de", cpu: "pic de CPU de", memory: "pic de mémoire de" }[name];
        return value !== undefined && value > to[name].value
          ? [
              `${what} ${french.number(value, to[name].unit === "s" ? "s" : "decbytes")} (objectif : au plus ${inFrench(to[name])})`,
            ]
          : [];
      }),
      ...(breaches.length > 0
        ? [
            `${breaches.length} silence${breaches.length > 1 ? "s" : ""} de plus de ${french.number(level.freshness.limit, "s")}`,
          ]
        : []),
      ...(level.unrepaired > 0 ? [unrepaired] : []),
    ];
  };
  return sources.flatMap((level) => {
    const breaches = faults(level);
    return breaches.length > 0 ? [`${named(level)} : ${breaches.join(" ; ")}.`] : [];
  });
}

export type Made = Readonly<{
  period: Period;
  observed: Observed;
  now: number;
  figures: Figures;
  config: Config;
  origin: Origin;
}>;

/** Words, tables and charts of a report, in French. */
export function documentOf(made: Made): Document {
  const { period, observed, now, figures, config, origin } = made;
  const { zone } = period;
  const to = objectivesOf(config);
  const nothing = figures.total.runs === 0;
  const section = (title: string, shown: readonly Table[], ...drawn: readonly Chart[]): Section => ({
    title,
    tables: shown,
    charts: nothing ? [] : drawn,
  });
  const sections = [
    section("Synthèse", [synthesis(figures, to, origin)]),
    section("Activité", [days(figures, to)], charts.activity(figures, zone)),
    section("Fiabilité", [reliability(figures, to)], charts.failureRates(figures, to)),
    section("Échecs", [causes(figures), unrepaired(figures)]),
    section(
      "Fraîcheur",
      [freshness(figures, (observed.end - observed.start) / 1000), silences(figures)],
      charts.silences(figures, zone),
    ),
    section(
      "Durées et ressources",
      [performance(figures, to)],
      charts.durations(figures, to),
      charts.resources(figures, to),
    ),
  ];
  // Without any run, “no failure” and “no silence” would be false comfort.
  const empty = (table: Table): Table => ({ ...table, rows: [], empty: "" });
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
    sections: nothing ? sections.map((part) => ({ ...part, tables: part.tables.map(empty) })) : sections,
    method: methodOf(origin),
  };
}
