import { byText } from "../../../core/order.ts";
import { seconds } from "../../../core/units.ts";
import type { Figures } from "../figures.ts";
import { above } from "../objectives.ts";
import { beyond } from "../silences.ts";
import { cell, column, named, type Table } from "../table.ts";

/** The longest silence of each source, and how it kept its objective. */
export function freshness({ total, sources }: Figures, observedSeconds: number): Table {
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
        cell(length, { over: limit !== undefined && above(length, seconds(limit)) }),
        cell(longest?.start),
        cell(longest?.end),
        cell(limit === undefined ? undefined : breaches.length, { over: breaches.length > 0 }),
        cell(limit === undefined ? undefined : beyond(level.freshness)),
        cell(limit === undefined ? undefined : 1 - beyond(level.freshness) / observedSeconds),
      ];
    }),
    empty: "",
  };
}

/** Every silence beyond its objective. */
export const silences = ({ sources }: Figures): Table => ({
  name: "silences",
  title: "Manquements à la fraîcheur",
  columns: [
    column("Source", "text"),
    column("Début", "time"),
    column("Fin", "time"),
    column("Durée", "s"),
    column("Admis", "s"),
    column("Dépassement", "s"),
  ],
  rows: sources
    .flatMap(({ source, freshness: { limit = 0, breaches } }) =>
      breaches.map(({ start, end }) => ({ source, start, end, limit, length: (end - start) / 1000 })),
    )
    .toSorted((a, b) => a.start - b.start || byText(a.source, b.source))
    .map(({ source, start, end, limit, length }) => [
      named({ source }),
      cell(start),
      cell(end),
      cell(length),
      cell(limit),
      cell(length - limit),
    ]),
  empty: "Aucune source n'est restée silencieuse plus longtemps qu'admis.",
});
