import type { Config } from "../core/config/schema.ts";
import { inFrench } from "../core/units.ts";
import { silence, silenceLookback } from "../queries/metrics.ts";
import { panels } from "../queries/places.ts";
import { type Alert, alert, present } from "./rule.ts";
import { SOURCE } from "./sentences.ts";

const WHO = `{{ if $labels.source }}La source ${SOURCE} est muette{{ else }}Toutes les sources sont muettes{{ end }}`;

/** A source, or everything, is silent for longer than it may be. */
export function sourceMuette(config: Config): Alert {
  const { sources } = config;
  return alert(config, {
    name: "3-source-muette",
    title: "Source muette",
    // The query gives the maximum silence that was exceeded, and no series for a source in time.
    when: {
      exceeded: present(silence(sources), {
        window: silenceLookback(sources),
        plottedBy: panels.freshness,
        name: "silence",
        limit: `> ${inFrench(sources.maxSilence)} (ou celui de la source)`,
      }),
    },
    example: { exceeded: sources.maxSilence.value },
    summary: ({ exceeded }) => `${WHO} depuis plus de ${exceeded.measured}`,
    meaning: ({ exceeded }) =>
      `${WHO} : aucune exécution, réussie ou non, depuis plus de ${exceeded.measured}, le silence maximal admis.`,
    firstAid:
      "vérifier que l'ordonnanceur a lancé le connecteur ; si toutes les sources sont muettes, vérifier d'abord le producteur, Kafka et le collecteur.",
    withoutLoki: {
      summary: "Loki ne répond pas : les sources muettes ne sont plus signalées",
      meaning:
        "Loki, qui garde les journaux, ne répond pas à cette alerte. Pendant ce temps, aucune source muette n'est signalée ; les autres alertes, qui interrogent aussi Loki, n'en disent rien et peuvent se taire.",
      firstAid:
        "vérifier que Loki tourne et que Grafana le joint ; ensuite, regarder sur le panneau ce qui s'est passé pendant la panne.",
    },
  });
}
