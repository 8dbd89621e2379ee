import type { Config } from "../core/config/schema.ts";
import { inFrench } from "../core/units.ts";
import { orZeroOf, over } from "../queries/logql.ts";
import { runCount } from "../queries/metrics.ts";
import type { Watches } from "../queries/watches.ts";
import { type Alert, above, alert } from "./rule.ts";
import { SOURCE } from "./sentences.ts";

/** A run of a source took too much memory or CPU time. */
export function surconsommationRessources({ rules }: Config, watched: Watches): Alert {
  const timing = rules["5-surconsommation-ressources"];
  const { window } = timing;
  const at = over(window);
  const allRuns = runCount(at, ["source"]);
  return alert({
    name: "5-surconsommation-ressources",
    title: "Surconsommation de ressources",
    // Both sides need the same series: the formula drops a source that only one of them has.
    when: {
      memory: above(orZeroOf(watched.memory.measured(at, ["source"]), allRuns), watched.memory.threshold),
      cpu: above(orZeroOf(watched.cpu.measured(at, ["source"]), allRuns), watched.cpu.threshold),
    },
    window,
    timing,
    panel: watched.memory.plottedBy,
    summary: ({ memory, cpu }) =>
      `${SOURCE} : mémoire ${memory.measured} (seuil ${memory.threshold}), CPU ${cpu.measured} (seuil ${cpu.threshold}) sur ${inFrench(window)}`,
    meaning: ({ memory, cpu }) =>
      `Au plus fort des ${inFrench(window)} précédentes : mémoire ${memory.measured} (seuil ${memory.threshold}), CPU ${cpu.measured} (seuil ${cpu.threshold}), pas forcément dans la même exécution ; l'un des seuils est dépassé depuis au moins ${inFrench(timing.for)}.`,
    firstAid: "trouver l'objet dans les journaux de la source, triés par mémoire ou CPU, puis réduire son lot ou sa période.",
  });
}
