import type { Config } from "../core/config/schema.ts";
import type { Watches } from "../queries/watches.ts";
import { type Alert, above, alert } from "./rule.ts";

/** Too large a share of all runs failed. */
export const tauxEchecEleve = (config: Config, { failureRate }: Watches): Alert =>
  alert(config, {
    name: "2-taux-echec-eleve",
    title: "Taux d'échec élevé",
    when: { rate: above(failureRate, { by: [] }) },
    example: { rate: failureRate.threshold.value * 1.7 },
    summary: ({ rate }) => `Taux d'échec de ${rate.measured} sur ${rate.window} (seuil ${rate.threshold})`,
    meaning: ({ rate }) =>
      `${rate.measured} des exécutions des ${rate.window} précédentes ont échoué, toutes sources confondues (seuil ${rate.threshold}, dépassé depuis au moins ${rate.held}).`,
    firstAid:
      "regarder sur le panneau si une seule source porte les échecs ; si toutes montent, chercher une cause commune (réseau, lac de données, identifiants).",
  });
