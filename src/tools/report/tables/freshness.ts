import { byText } from "../../../core/order.ts";
import { seconds } from "../../../core/units.ts";
import type { Figures } from "../figures.ts";
import { above } from "../objectives.ts";
import { beyond } from "../silences.ts";
import { cell, named, type Table, tableOf } from "../table.ts";

/** The longest silence of each source, and how it kept its objective. */
export function freshness({ total, sources }: Figures, observedSeconds: number): Table {
  const levels = [total, ...sources].map((level) => {
    const { limit, longest, breaches } = level.freshness;
    return {
      name: level === total ? "Toutes à la fois" : named(level),
      limit,
      longest,
      length: longest && (longest.end - longest.start) / 1000,
      ...(limit !== undefined && { breaches: breaches.length, beyond: beyond(level.freshness) }),
    };
  });
  return tableOf(levels, {
    name: "fraicheur",
    title: "Fraîcheur par source",
    columns: [
      ["Source", "text", ({ name }) => name],
      ["Silence maximal admis", "s", ({ limit }) => limit],
      [
        "Plus long silence",
        "s",
        ({ length, limit }) => cell(length, { over: limit !== undefined && above(length, seconds(limit)) }),
      ],
      ["Début", "time", ({ longest }) => longest?.start],
      ["Fin", "time", ({ longest }) => longest?.end],
      ["Manquements", "count", ({ breaches }) => cell(breaches, { over: breaches !== undefined && breaches > 0 })],
      ["Temps hors objectif", "s", ({ beyond }) => beyond],
      [
        "Respect de l'objectif",
        "percentunit",
        ({ beyond }) => (beyond === undefined ? undefined : 1 - beyond / observedSeconds),
      ],
    ],
  });
}

/** Every silence beyond its objective. */
export function silences({ sources }: Figures): Table {
  const found = sources.flatMap(({ source, freshness: { limit = 0, breaches } }) =>
    breaches.map(({ start, end }) => ({ source, start, end, limit, length: (end - start) / 1000 })),
  );
  return tableOf(
    found.toSorted((a, b) => a.start - b.start || byText(a.source, b.source)),
    {
      name: "silences",
      title: "Manquements à la fraîcheur",
      columns: [
        ["Source", "text", named],
        ["Début", "time", ({ start }) => start],
        ["Fin", "time", ({ end }) => end],
        ["Durée", "s", ({ length }) => length],
        ["Admis", "s", ({ limit }) => limit],
        ["Dépassement", "s", ({ length, limit }) => length - limit],
      ],
      empty: "Aucune source n'est restée silencieuse plus longtemps qu'admis.",
    },
  );
}
