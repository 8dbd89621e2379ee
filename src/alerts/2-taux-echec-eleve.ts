import type { Config } from "../config.schema.ts";
import { over } from "../queries/logql.ts";
import type { Watches } from "../queries/watches.ts";
import { inFrench } from "../units.ts";
import { type Alert, above } from "./rule.ts";

const RATE = "{{ humanizePercentage $values.B.Value }}";

/** Too large a share of all runs failed. */
export function tauxEchecEleve({ rules }: Config, { failureRate }: Watches): Alert {
  const timing = rules["2-taux-echec-eleve"];
  const { window } = timing;
  return {
    name: "2-taux-echec-eleve",
    title: "Taux d'échec élevé",
    when: [above(failureRate.measured(over(window), []), failureRate.threshold)],
    window,
    timing,
    panel: failureRate.plottedBy,
    summary: `Taux d'échec de ${RATE} sur ${inFrench(window)} (seuil ${inFrench(failureRate.threshold)})`,
    meaning: `${RATE} des exécutions des ${inFrench(window)} précédentes ont échoué, toutes sources confondues, depuis au moins ${inFrench(timing.for)} ; l'engagement est de ${inFrench(failureRate.threshold)}.`,
    firstAid:
      "regarder sur le panneau si une seule source porte les échecs ; si toutes montent, chercher une cause commune (réseau, lac de données, identifiants).",
  };
}
