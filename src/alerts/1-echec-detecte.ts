import type { Config } from "../core/config/schema.ts";
import { inFrench } from "../core/units.ts";
import type { Watches } from "../queries/watches.ts";
import { type Alert, alert, atLeast } from "./rule.ts";
import { SOURCE } from "./sentences.ts";

/** At least one failure of a source. */
export function echecDetecte({ rules }: Config, { failures }: Watches): Alert {
  const timing = rules["1-echec-detecte"];
  const { window } = failures;
  return alert({
    name: "1-echec-detecte",
    title: "Échec détecté",
    when: { failed: atLeast(failures, { by: ["source"] }) },
    example: { failed: failures.threshold.value },
    timing,
    panel: failures.plottedBy,
    summary: ({ failed }) =>
      `${SOURCE} : ${failed.measured} échec${failed.plural} d'ingestion en ${inFrench(window)} (seuil ${failed.threshold})`,
    meaning: ({ failed }) =>
      `${failed.measured} exécution${failed.plural} en échec en ${inFrench(window)} (seuil ${failed.threshold}) : des données de ${SOURCE} peuvent manquer dans le lac.`,
    firstAid: "lire la cause dans la colonne Description des journaux, puis relancer l'objet en échec.",
  });
}
