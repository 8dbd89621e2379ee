import type { Config } from "../core/config/schema.ts";
import { inFrench, minutes } from "../core/units.ts";
import { panel } from "../queries/logql.ts";
import { duration, throughput } from "../queries/metrics.ts";
import { selection } from "../queries/records.ts";
import { dashboards, type Watches } from "../queries/watches.ts";
import { dashboard, row } from "./dashboard.ts";
import { axis, timeseries } from "./panels.ts";
import { series } from "./series.ts";

const step = panel("$__auto", selection);

/** Duration, throughput, CPU and memory of the runs. */
export function performanceResource(config: Config, { cpu, memory }: Watches) {
  const { throughputStep } = config.dashboards;
  return dashboard(config, {
    uid: dashboards.performance,
    description: "La durée, le débit et les ressources des exécutions.",
    rows: [
      row(
        10,
        [
          12,
          timeseries({
            id: 1,
            title: "Durée p50 / p95 / p99",
            description: "Centiles réels de la durée des exécutions choisies, par intervalle (échelle logarithmique).",
            axes: [
              axis(
                "durée",
                [0.5, 0.95, 0.99].map((q) => series(duration(q)(step, []), `p${q * 100}`)),
              ),
            ],
            logarithmic: true,
          }),
        ],
        [
          12,
          timeseries({
            id: 2,
            title: "Débit par source",
            description: `Exécutions par ${inFrench(throughputStep)} et par source, intervalle d'au moins ${inFrench(throughputStep)} ; la légende donne aussi les exécutions par minute.`,
            axes: [
              axis(`exécutions / ${inFrench(throughputStep)}`, [series(throughput(throughputStep)(step, ["source"]))]),
              axis("exécutions / min", [series(throughput(minutes(1))(step, ["source"]), "par minute")]),
            ],
            step: throughputStep,
            legendCalcs: ["lastNotNull", "mean", "max"],
          }),
        ],
      ),
      row(12, [
        24,
        timeseries({
          id: cpu.plottedBy.panel,
          title: "CPU et mémoire par source",
          description: `Temps CPU (axe gauche, ligne à ${inFrench(cpu.threshold)}) et mémoire (axe droit, ligne à ${inFrench(memory.threshold)}) les plus forts d'une exécution, par source. Les lignes sont les seuils de l'alerte « Surconsommation de ressources ».`,
          axes: [
            axis("temps CPU", [series(cpu.measured(step, ["source"]), "CPU")], cpu.threshold),
            axis("mémoire", [series(memory.measured(step, ["source"]), "mémoire")], memory.threshold),
          ],
        }),
      ]),
    ],
  });
}
