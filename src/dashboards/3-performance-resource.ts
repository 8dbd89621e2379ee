import type { Config } from "../core/config/schema.ts";
import { inFrench, minutes } from "../core/units.ts";
import { panel } from "../queries/logql/logs.ts";
import { duration, throughput } from "../queries/metrics.ts";
import { dashboards } from "../queries/places.ts";
import { selection } from "../queries/records.ts";
import type { Watches } from "../queries/watches.ts";
import { axis, inLegend, watchedAxis } from "./axes.ts";
import { bars, lines } from "./charts.ts";
import { colored, sourceColors } from "./colors.ts";
import { dashboard, row } from "./dashboard.ts";
import { series } from "./series.ts";

const step = panel("$__auto", selection);
const THROUGHPUT = 2;

const percentileColors = [colored("p50", "#17A2C4"), colored("p95", "#3D85E0"), colored("p99", "#9B6BD3")];

/** Duration, throughput, CPU and memory of the runs. */
export function performanceResource(config: Config, { cpu, memory }: Watches) {
  const { throughputStep, percentileStep } = config.dashboards;
  const looks = sourceColors(config);
  return dashboard(config, {
    uid: dashboards.performance,
    description: "La durée, le débit et les ressources des exécutions.",
    events: { on: THROUGHPUT, atOnce: true },
    rows: [
      row(
        10,
        [
          9,
          lines({
            id: 1,
            title: "Durée p50 / p95 / p99",
            description: `Centiles réels de la durée des exécutions choisies, par intervalle d'au moins ${inFrench(percentileStep)} (échelle logarithmique).`,
            axes: [
              axis(
                "durée",
                [0.5, 0.95, 0.99].map((q) => series(duration(q)(step, []), `p${q * 100}`)),
              ),
            ],
            step: percentileStep,
            logarithmic: true,
            looks: percentileColors,
          }),
        ],
        [
          15,
          bars({
            id: THROUGHPUT,
            title: "Débit par source",
            description: `Exécutions par ${inFrench(throughputStep)} et par source, intervalle d'au moins ${inFrench(throughputStep)} ; la légende donne aussi les exécutions par minute.`,
            axes: [
              axis(`exécutions / ${inFrench(throughputStep)}`, [series(throughput(throughputStep)(step, ["source"]))]),
              inLegend(series(throughput(minutes(1))(step, ["source"]), "par minute")),
            ],
            step: throughputStep,
            // A day in quarters of an hour, the usual distance of two runs: no comb.
            points: 96,
            looks,
          }),
        ],
      ),
      row(12, [
        24,
        lines({
          id: cpu.plottedBy.panel,
          title: "CPU et mémoire par source",
          description: `Temps CPU (axe gauche, ligne à ${inFrench(cpu.threshold)}) et mémoire (axe droit, ligne à ${inFrench(memory.threshold)}) les plus forts d'une exécution sur ${inFrench(cpu.window)}, par source : ce que voit l'alerte « Surconsommation de ressources », dont les lignes rouges sont les seuils. Trait plein : CPU et son seuil ; tirets : mémoire et le sien.`,
          axes: [
            watchedAxis("temps CPU", cpu, { name: "CPU" }),
            watchedAxis("mémoire", memory, { name: "mémoire", look: "dashed" }),
          ],
          looks,
        }),
      ]),
    ],
  });
}
