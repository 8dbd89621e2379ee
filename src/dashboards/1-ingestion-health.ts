import type { Config } from "../core/config/schema.ts";
import { inFrench } from "../core/units.ts";
import { panel } from "../queries/logql/logs.ts";
import { orZero } from "../queries/logql/metrics.ts";
import { duration, failureRate, failures, maxMemory, runCount, successes, successRate } from "../queries/metrics.ts";
import { dashboards } from "../queries/places.ts";
import { errorColumns, lastErrors, selection } from "../queries/records.ts";
import type { Watches } from "../queries/watches.ts";
import { axis, watchedAxis } from "./axes.ts";
import { bars, lines } from "./charts.ts";
import { colored, QUIET, sourceColors, stateColors } from "./colors.ts";
import { dashboard, row } from "./dashboard.ts";
import { LISTED, NO_ANSWER, stat } from "./panels.ts";
import { series } from "./series.ts";
import { metricColumn, recordTable, sourceTable } from "./tables.ts";

const whole = panel("$__range", selection);
const step = panel("$__auto", selection);
const TIMELINE = 6;

/** What ran, what failed, what is slow: 8 panels. */
export const ingestionHealth = (config: Config, { failures: failed, failureRate: rate, p95, memory }: Watches) =>
  dashboard(config, {
    uid: dashboards.health,
    description: "Ce qui a tourné, ce qui a échoué, ce qui est lent, sur la période choisie.",
    events: { on: TIMELINE, atOnce: true },
    rows: [
      row(
        9,
        [
          4,
          stat({
            id: 1,
            title: "Succès",
            description: "Exécutions réussies (SUCCESS) sur la période.",
            show: [series(orZero(successes(whole, [])), "Succès")],
            zero: { text: "aucun succès", color: QUIET },
            noValue: NO_ANSWER,
          }),
          stat({
            id: 3,
            title: "Taux d'échec",
            description: `Échecs ÷ exécutions sur la période. Rouge à partir de ${inFrench(rate.threshold)}. Une ligne INVALID n'est pas une exécution.`,
            show: [series(failureRate(whole, []), "Taux d'échec")],
            threshold: rate.threshold,
          }),
          stat({
            id: 5,
            title: "Mémoire maximale",
            description: `La plus forte mémoire d'une exécution de la période (1 Mo = 10⁶ octets). Rouge à partir de ${inFrench(memory.threshold)}, un seuil de l'alerte « Surconsommation de ressources ».`,
            show: [series(maxMemory(whole, []), "Mémoire maximale")],
            threshold: memory.threshold,
          }),
        ],
        [
          5,
          stat({
            id: failed.plottedBy.panel,
            title: "Échecs",
            description: `Exécutions en échec (FAILED) sur la période, au total puis pour les ${LISTED} sources les plus touchées. Rouge à partir de ${inFrench(failed.threshold)}, le seuil de l'alerte « Échec détecté ».`,
            show: [series(orZero(failures(whole, [])), "Total"), series(failed.measured(whole, ["source"]))],
            threshold: failed.threshold,
            zero: { text: "aucun échec", color: "green" },
            noValue: NO_ANSWER,
          }),
        ],
        [
          15,
          lines({
            id: p95.plottedBy.panel,
            title: "Durée p95 par source",
            description: `95ᵉ centile réel de la durée des exécutions des ${inFrench(p95.window)} précédentes, par source (échelle logarithmique) : ce que voit l'alerte « Latence dégradée », dont la ligne à ${inFrench(p95.threshold)} est le seuil.`,
            axes: [watchedAxis("durée p95", p95)],
            logarithmic: true,
            looks: sourceColors(config),
          }),
        ],
      ),
      row(7, [
        24,
        bars({
          id: TIMELINE,
          title: "Chronologie SUCCESS / FAILED",
          description:
            "Exécutions par intervalle, selon leur état. Un fichier livré en une fois apparaît comme un pic à l'heure de son arrivée. Un trait marque chacun des 1 000 derniers échecs.",
          axes: [axis("exécutions", [series(runCount(step, ["etat"]))])],
          looks: [colored("SUCCESS", stateColors.SUCCESS), colored("FAILED", stateColors.FAILED)],
        }),
      ]),
      row(
        10,
        [
          10,
          sourceTable({
            id: 7,
            title: "Sources par performance",
            description:
              "Par source, sur la période : exécutions, taux de succès (qualité) et durée p95 ; la plus lente d'abord.",
            columns: [
              metricColumn("Exécutions", series(runCount(whole, ["source"]))),
              metricColumn("Taux de succès", series(successRate(whole, ["source"]))),
              metricColumn("Durée p95", series(duration(0.95)(whole, ["source"])), p95.threshold),
            ],
            sortBy: "Durée p95",
          }),
        ],
        [
          14,
          recordTable({
            id: 8,
            title: "Dernières erreurs",
            description:
              "Enregistrements FAILED et lignes INVALID (illisibles ou incomplètes), les plus récents d'abord. Un clic ouvre la description ; « Ligne » n'apparaît que s'il y a des lignes INVALID, et montre leur texte reçu.",
            query: lastErrors(),
            columns: errorColumns,
            noValue: "aucun échec",
          }),
        ],
      ),
    ],
  });
