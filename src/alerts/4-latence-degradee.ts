import type { Config } from "../config.schema.ts";
import { over } from "../queries/logql.ts";
import type { Watches } from "../queries/watches.ts";
import { inFrench } from "../units.ts";
import { type Alert, above, measured } from "./rule.ts";

/** The 95th centile of a source's durations is too long. */
export function latenceDegradee({ rules }: Config, { p95 }: Watches): Alert {
  const timing = rules["4-latence-degradee"];
  const { window } = timing;
  return {
    name: "4-latence-degradee",
    title: "Latence dégradée",
    when: [above(p95.measured(over(window), ["source"]), p95.threshold)],
    window,
    timing,
    panel: p95.plottedBy,
    summary: `{{ $labels.source }} : durée p95 de ${measured("B", 1)} s sur ${inFrench(window)} (seuil ${inFrench(p95.threshold)})`,
    meaning: `Le 95ᵉ centile de la durée des exécutions de {{ $labels.source }} est de ${measured("B", 1)} s sur ${inFrench(window)}, au-dessus de ${inFrench(p95.threshold)} depuis au moins ${inFrench(timing.for)}.`,
    firstAid: "ouvrir le tableau de débogage filtré sur la source, trier par durée et comparer le volume et l'API des objets les plus lents.",
  };
}
