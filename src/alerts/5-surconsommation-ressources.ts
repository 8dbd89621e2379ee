import type { Config } from "../config.schema.ts";
import { orZeroOf, over } from "../queries/logql.ts";
import { runCount } from "../queries/metrics.ts";
import type { Watches } from "../queries/watches.ts";
import { inFrench } from "../units.ts";
import { type Alert, above, measured } from "./rule.ts";

const MEMORY = "{{ humanize $values.C.Value }}o";

/** A run of a source took too much memory or CPU time. */
export function surconsommationRessources({ rules }: Config, { memory, cpu }: Watches): Alert {
  const timing = rules["5-surconsommation-ressources"];
  const { window } = timing;
  const at = over(window);
  const allRuns = runCount(at, ["source"]);
  return {
    name: "5-surconsommation-ressources",
    title: "Surconsommation de ressources",
    // Both sides need the same series: the formula drops a source that only one of them has.
    when: [above(orZeroOf(memory.measured(at, ["source"]), allRuns), memory.threshold), above(orZeroOf(cpu.measured(at, ["source"]), allRuns), cpu.threshold)],
    window,
    timing,
    panel: memory.plottedBy,
    summary: `{{ $labels.source }} : mémoire ${MEMORY}, CPU ${measured("D", 1)} s sur ${inFrench(window)} (seuils ${inFrench(memory.threshold)} et ${inFrench(cpu.threshold)})`,
    meaning: `Au plus fort des ${inFrench(window)} précédentes, une exécution de {{ $labels.source }} a pris ${MEMORY} de mémoire et une (pas forcément la même) ${measured("D", 1)} s de CPU ; l'un des deux dépasse son seuil (${inFrench(memory.threshold)}, ${inFrench(cpu.threshold)}) depuis au moins ${inFrench(timing.for)}.`,
    firstAid: "trouver l'objet dans le tableau de débogage trié par mémoire ou CPU, puis réduire son lot ou sa période.",
  };
}
