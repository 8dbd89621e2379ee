import type { Config } from "../core/config/schema.ts";
import type { Watches } from "../queries/watches.ts";
import { type Alert, alert, atLeast } from "./rule.ts";
import { SOURCE } from "./sentences.ts";

/** At least one failure of a source. */
export const echecDetecte = (config: Config, { failures }: Watches): Alert =>
  alert(config, {
    name: "1-echec-detecte",
    title: "Échec détecté",
    when: { failed: atLeast(failures, { by: ["source"] }) },
    example: { failed: failures.threshold.value },
    summary: ({ failed }) =>
      `${SOURCE} : ${failed.measured} échec${failed.plural} d'ingestion en ${failed.window} (seuil ${failed.threshold})`,
    meaning: ({ failed }) =>
      `${failed.measured} exécution${failed.plural} en échec en ${failed.window} (seuil ${failed.threshold}) : des données de ${SOURCE} peuvent manquer dans le lac.`,
    firstAid: "lire la cause dans la colonne Description des journaux, puis relancer l'objet en échec.",
  });
