import type { Config } from "../core/config/schema.ts";
import type { Watches } from "../queries/watches.ts";
import { type Alert, above, alert } from "./rule.ts";
import { SOURCE } from "./sentences.ts";

/** The 95th centile of a source's durations is too long. */
export const latenceDegradee = (config: Config, { p95 }: Watches): Alert =>
  alert(config, {
    name: "4-latence-degradee",
    title: "Latence dégradée",
    when: { duration: above(p95, { by: ["source"] }) },
    example: { duration: p95.threshold.value * 1.24 },
    summary: ({ duration }) =>
      `${SOURCE} : durée p95 de ${duration.measured} sur ${duration.window} (seuil ${duration.threshold})`,
    meaning: ({ duration }) =>
      `Durée p95 de ${duration.measured} sur ${duration.window} (seuil ${duration.threshold}, dépassé depuis au moins ${duration.held}) : une exécution sur vingt dure encore plus longtemps.`,
    firstAid:
      "ouvrir les journaux de la source, trier par durée et comparer le volume et l'API des objets les plus lents.",
  });
