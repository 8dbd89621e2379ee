import type { Config } from "../core/config/schema.ts";
import { inFrench } from "../core/units.ts";
import type { Watches } from "../queries/watches.ts";
import { type Alert, above, alert } from "./rule.ts";
import { SOURCE } from "./sentences.ts";

/** The 95th centile of a source's durations is too long. */
export function latenceDegradee({ rules }: Config, { p95 }: Watches): Alert {
  const timing = rules["4-latence-degradee"];
  const { window } = p95;
  return alert({
    name: "4-latence-degradee",
    title: "Latence dégradée",
    when: { duration: above(p95, { by: ["source"] }) },
    example: { duration: p95.threshold.value * 1.24 },
    timing,
    panel: p95.plottedBy,
    summary: ({ duration }) =>
      `${SOURCE} : durée p95 de ${duration.measured} sur ${inFrench(window)} (seuil ${duration.threshold})`,
    meaning: ({ duration }) =>
      `Durée p95 de ${duration.measured} sur ${inFrench(window)} (seuil ${duration.threshold}, dépassé depuis au moins ${inFrench(timing.for)}) : une exécution sur vingt dure encore plus longtemps.`,
    firstAid:
      "ouvrir les journaux de la source, trier par durée et comparer le volume et l'API des objets les plus lents.",
  });
}
