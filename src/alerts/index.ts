import type { Config } from "../core/config/schema.ts";
import { watches } from "../queries/watches.ts";
import { echecDetecte } from "./1-echec-detecte.ts";
import { tauxEchecEleve } from "./2-taux-echec-eleve.ts";
import { sourceMuette } from "./3-source-muette.ts";
import { latenceDegradee } from "./4-latence-degradee.ts";
import { surconsommationRessources } from "./5-surconsommation-ressources.ts";
import type { RuleFile } from "./provisioning.ts";
import type { Alert, RuleName } from "./rule.ts";
import { alertFile } from "./rule-file.ts";

/** The five rules, each with the content of its own provisioning file. */
export function buildAlerts(config: Config, runbookBaseUrl: string | undefined): [Alert, RuleFile][] {
  const watched = watches(config);
  // One for each rule of the configuration: the compiler names the one that is missing.
  const alerts: Record<RuleName, Alert> = {
    "1-echec-detecte": echecDetecte(config, watched),
    "2-taux-echec-eleve": tauxEchecEleve(config, watched),
    "3-source-muette": sourceMuette(config),
    "4-latence-degradee": latenceDegradee(config, watched),
    "5-surconsommation-ressources": surconsommationRessources(config, watched),
  };
  return Object.values(alerts).map((alert) => [alert, alertFile(alert, runbookBaseUrl)]);
}
