import { byText } from "../../../core/order.ts";
import { printable } from "../../../core/printable.ts";
import { type Cause, commonText } from "../failures.ts";
import type { Figures } from "../figures.ts";
import { cell, column, named, type Table } from "../table.ts";

const MOST_OBJECTS = 5;
const descriptionOf = (text: string | undefined): string => printable(text ?? "") || "(sans description)";

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

const mostFirst = (a: Cause, b: Cause) =>
  b.count - a.count || byText(a.source, b.source) || byText(a.text ?? "", b.text ?? "");
function listed(objects: ReadonlySet<string>): string {
  const names = [...objects].map(printable).sort();
  const rest = names.length - MOST_OBJECTS;
  const others = rest > 1 ? `${rest} autres` : "1 autre";
  return `${names.slice(0, MOST_OBJECTS).join(", ")}${rest > 0 ? ` et ${others}` : ""}`;
}

/** Why runs failed: of all sources, then of each. */
export function causes({ causes, total, sources }: Figures): Table {
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
    rows: [...together(causes).sort(mostFirst), ...[...causes].sort(mostFirst)].map(
      ({ source, text, count, objects }) => [
        named({ source }),
        cell(descriptionOf(text)),
        cell(count),
        cell(count / (failures.get(source) ?? count)),
        cell(objects.size),
        cell(listed(objects)),
      ],
    ),
    empty: "Aucun échec.",
  };
}

/** Objects that failed and did not succeed since. */
export const unrepaired = ({ unrepaired }: Figures): Table => ({
  name: "non-retablis",
  title: "Objets non rétablis",
  columns: [
    column("Source", "text"),
    column("Entreprise", "text"),
    column("Objet", "text"),
    column("En échec depuis", "time"),
    column("Échecs", "count"),
    column("Dernière description", "text"),
    column("Rétabli après la période", "time"),
  ],
  rows: unrepaired
    .toSorted((a, b) => a.since - b.since || byText(a.source, b.source) || byText(a.objet, b.objet))
    .map(({ source, entreprise, objet, since, count, description, repairedAt }) => [
      cell(printable(source)),
      cell(printable(entreprise)),
      cell(printable(objet)),
      cell(since),
      cell(count),
      cell(descriptionOf(description)),
      cell(repairedAt ?? "non", { over: repairedAt === undefined }),
    ]),
  empty: "Aucun objet n'est resté en échec à la fin de la période.",
});
