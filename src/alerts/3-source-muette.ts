import type { Config } from "../config.schema.ts";
import { silence, silenceLookback } from "../queries/metrics.ts";
import { freshnessPanel } from "../queries/watches.ts";
import { seconds } from "../units.ts";
import { type Alert, above } from "./rule.ts";

const WHO = "{{ if $labels.source }}La source {{ $labels.source }} est muette{{ else }}Toutes les sources sont muettes{{ end }}";
const HOW_LONG = "{{ humanizeDuration $values.B.Value }}";

/** Without an answer of Loki there is no value, and Grafana would mail the template itself. */
const measuredOr = (text: string) => `{{ if $values.B }}${text}{{ else }}Loki ne répond pas : le silence des sources n'est plus surveillé.{{ end }}`;

/** A source, or everything, is silent for longer than it may be. */
export function sourceMuette({ rules, sources }: Config): Alert {
  return {
    name: "3-source-muette",
    title: "Source muette",
    // The query gives the maximum silence that was exceeded, and no series for a source in time.
    when: [above(silence(sources), seconds(0))],
    window: silenceLookback(sources),
    timing: rules["3-source-muette"],
    panel: freshnessPanel,
    summary: measuredOr(`${WHO} depuis plus de ${HOW_LONG}`),
    meaning: measuredOr(`${WHO} : aucune exécution, réussie ou non, depuis plus de ${HOW_LONG}, le silence maximal admis.`),
    firstAid: "vérifier que l'ordonnanceur a lancé le connecteur ; si toutes les sources sont muettes, vérifier d'abord le producteur, Kafka et le collecteur.",
    whenLokiFails: "Error",
  };
}
