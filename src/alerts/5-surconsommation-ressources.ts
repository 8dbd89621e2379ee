import type { Config } from "../core/config/schema.ts";
import { runCount } from "../queries/metrics.ts";
import type { Watches } from "../queries/watches.ts";
import { type Alert, above, alert } from "./rule.ts";
import { SOURCE } from "./sentences.ts";

/** A run of a source took too much memory or CPU time. */
export const surconsommationRessources = (config: Config, { memory, cpu }: Watches): Alert =>
  alert(config, {
    name: "5-surconsommation-ressources",
    title: "Surconsommation de ressources",
    // Both sides need the same series: the formula drops a source that only one of them has.
    when: {
      memory: above(memory, { by: ["source"], zeroOf: runCount }),
      cpu: above(cpu, { by: ["source"], zeroOf: runCount }),
    },
    example: { memory: memory.threshold.value * 1.08, cpu: cpu.threshold.value * 0.57 },
    summary: ({ memory, cpu }) => `${SOURCE} : ${memory.compared}, ${cpu.compared} sur ${memory.window}`,
    meaning: ({ memory, cpu }) =>
      `Au plus fort des ${memory.window} précédentes : ${memory.compared}, ${cpu.compared}, pas forcément dans la même exécution ; l'un des seuils est dépassé depuis au moins ${memory.held}.`,
    firstAid:
      "trouver l'objet dans les journaux de la source, triés par mémoire ou CPU, puis réduire son lot ou sa période.",
  });
