import type { Config } from "../config.schema.ts";
import { over } from "../queries/logql.ts";
import type { Watches } from "../queries/watches.ts";
import { inFrench } from "../units.ts";
import { type Alert, atLeast, measured } from "./rule.ts";

/** At least one failure of a source. */
export function echecDetecte({ rules }: Config, { failures }: Watches): Alert {
  const timing = rules["1-echec-detecte"];
  const { window } = timing;
  return {
    name: "1-echec-detecte",
    title: "Échec détecté",
    when: [atLeast(failures.measured(over(window), ["source"]), failures.threshold)],
    window,
    timing,
    panel: failures.plottedBy,
    summary: `{{ $labels.source }} : ${measured("B", 0)} échec(s) d'ingestion en ${inFrench(window)}`,
    meaning: `Au moins ${inFrench(failures.threshold)} exécution de {{ $labels.source }} a échoué dans les ${inFrench(window)} qui précèdent (mesuré : ${measured("B", 0)}).`,
    firstAid: "lire la cause dans la colonne Description du tableau « Dernières erreurs », puis relancer l'objet en échec.",
  };
}
