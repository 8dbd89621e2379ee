import { freshnessLookback } from "../core/config/checks.ts";
import type { Config } from "../core/config/schema.ts";
import type { Duration } from "../core/units.ts";
import { inFrench } from "../core/units.ts";
import { panel } from "../queries/logql/logs.ts";
import { meanRepair, sinceLastRun } from "../queries/metrics.ts";
import { dashboards, panels } from "../queries/places.ts";
import { selection } from "../queries/records.ts";
import type { Watches } from "../queries/watches.ts";
import { watchedAxis } from "./axes.ts";
import { lines } from "./charts.ts";
import { sourceColors } from "./colors.ts";
import { dashboard, row } from "./dashboard.ts";
import { barGauge, LISTED, stat } from "./panels.ts";
import { globalAndBySource, series } from "./series.ts";

const whole = panel("$__range", selection);

/** The service levels: failure rate, time to repair, freshness. */
export function errorsSlas(config: Config, { failureRate }: Watches) {
  const { expected, maxSilence } = config.sources;
  const lookback = freshnessLookback(config.sources);
  const own = new Map(
    expected.flatMap(({ source, maxSilence: limit }): [string, Duration][] => (limit ? [[source, limit]] : [])),
  );
  return dashboard(config, {
    uid: dashboards.errors,
    description: "Les engagements de service : taux d'échec, temps de rétablissement, fraîcheur des sources.",
    events: { on: failureRate.plottedBy.panel, atOnce: false },
    rows: [
      row(10, [
        24,
        lines({
          id: failureRate.plottedBy.panel,
          title: "Taux d'échec",
          description: `Échecs ÷ exécutions des ${inFrench(failureRate.window)} précédentes, au total (trait épais) et par source. L'alerte « Taux d'échec élevé » regarde le total ; la ligne à ${inFrench(failureRate.threshold)} est son seuil. L'interrupteur « Échecs » y marque chacun des 1 000 derniers échecs.`,
          axes: [watchedAxis("taux d'échec", failureRate, { withGlobal: true })],
          looks: sourceColors(config),
        }),
      ]),
      row(
        10,
        [
          10,
          stat({
            id: 2,
            title: "MTTR",
            description: `Temps moyen de rétablissement, pour les rétablissements de la période : du premier échec d'un objet à son succès suivant, au total puis pour les ${LISTED} sources les plus lentes à rétablir.`,
            show: globalAndBySource(meanRepair, whole),
            noValue: "aucun rétablissement",
          }),
        ],
        [
          14,
          barGauge({
            id: panels.freshness.panel,
            title: "Fraîcheur par source",
            description: `Temps écoulé depuis la dernière exécution de chaque source vue depuis ${inFrench(lookback)}. La barre est pleine, et rouge, à son silence maximal (${inFrench(maxSilence)} sauf exception), qui est la fenêtre de l'alerte « Source muette ».`,
            show: series(sinceLastRun(panel(lookback, selection), ["source"])),
            threshold: maxSilence,
            own,
          }),
        ],
      ),
    ],
  });
}
