import { collected } from "../../../core/kept.ts";
import { byText } from "../../../core/order.ts";
import { printable } from "../../../core/printable.ts";
import { type Cause, commonText } from "../failures.ts";
import type { Figures } from "../figures.ts";
import { cell, named, type Table, tableOf } from "../table.ts";

const MOST_OBJECTS = 5;
const descriptionOf = (text: string | undefined): string => printable(text ?? "") || "(sans description)";

/** The causes of all sources that say the same, as one. */
function together(causes: readonly Cause[]): Cause[] {
  const merged = collected<string, Cause>();
  for (const { source, text, count, objects } of causes) {
    const key = JSON.stringify(text === undefined ? null : commonText(text));
    const all = merged.of(key, () => ({ source: "", text, count: 0, objects: new Set() }));
    all.count += count;
    for (const objet of objects) all.objects.add(`${source} · ${objet}`);
  }
  return [...merged.all.values()];
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
  return tableOf([...together(causes).sort(mostFirst), ...[...causes].sort(mostFirst)], {
    name: "causes",
    title: "Causes des échecs",
    columns: [
      ["Source", "text", named],
      ["Cause", "text", ({ text }) => descriptionOf(text)],
      ["Échecs", "count", ({ count }) => count],
      ["Part des échecs", "percentunit", ({ source, count }) => count / (failures.get(source) ?? count)],
      ["Objets", "count", ({ objects }) => objects.size],
      ["Objets concernés", "text", ({ objects }) => listed(objects)],
    ],
    empty: "Aucun échec.",
  });
}

/** Objects that failed and did not succeed since. */
export const unrepaired = ({ unrepaired }: Figures): Table =>
  tableOf(
    unrepaired.toSorted((a, b) => a.since - b.since || byText(a.source, b.source) || byText(a.objet, b.objet)),
    {
      name: "non-retablis",
      title: "Objets non rétablis",
      columns: [
        ["Source", "text", ({ source }) => printable(source)],
        ["Entreprise", "text", ({ entreprise }) => printable(entreprise)],
        ["Objet", "text", ({ objet }) => printable(objet)],
        ["En échec depuis", "time", ({ since }) => since],
        ["Échecs", "count", ({ count }) => count],
        ["Dernière description", "text", ({ description }) => descriptionOf(description)],
        [
          "Rétabli après la période",
          "time",
          ({ repairedAt }) => cell(repairedAt ?? "non", { over: repairedAt === undefined }),
        ],
      ],
      empty: "Aucun objet n'est resté en échec à la fin de la période.",
    },
  );
