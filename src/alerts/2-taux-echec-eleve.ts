import type { Config } from "../core/config/schema.ts";
import { inFrench } from "../core/units.ts";
import type { Watches } from "../queries/watches.ts";
import { type Alert, above, alert } from "./rule.ts";

/** Too large a share of all runs failed. */
export function tauxEchecEleve({ rules }: Config, { failureRate }: Watches): Alert {
  const timing = rules["2-taux-echec-eleve"];
  const { window } = failureRate;
  return alert({
    name: "2-taux-echec-eleve",
    title: "Taux d'échec élevé",
    when: { rate: above(failureRate, { by: [] }) },
    example: { rate: failureRate.threshold.value * 1.7 },
    timing,
    panel: failureRate.plottedBy,
    summary: ({ rate }) => `Taux d'échec de ${rate.measured} sur ${inFrench(window)} (seuil ${rate.threshold})`,
    meaning: ({ rate }) =>
      `${rate.measured} des exécutions des ${inFrench(window)} précédentes ont échoué, toutes sources confondues (seuil ${rate.threshold}, dépassé depuis au moins ${inFrench(timing.for)}).`,
    firstAid:
      "regarder sur le panneau si une seule source porte les échecs ; si toutes montent, chercher une cause commune (réseau, lac de données, identifiants).",
  });
}
