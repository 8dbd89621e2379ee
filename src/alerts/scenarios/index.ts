import type { Config } from "../../core/config/schema.ts";
import type { RuleName } from "../rule.ts";
import { echecDetecte } from "./1-echec-detecte.ts";
import { tauxEchecEleve } from "./2-taux-echec-eleve.ts";
import { sourceMuette } from "./3-source-muette.ts";
import { latenceDegradee } from "./4-latence-degradee.ts";
import { surconsommationRessources } from "./5-surconsommation-ressources.ts";
import type { Scenarios } from "./required.ts";

/**
 * The scenarios of every rule among the sources of a configuration. What they expect holds for the thresholds that
 * the product came with; under any others, they show what a change of a rule does.
 */
export const scenariosOf = (config: Config): { readonly [R in RuleName]: Scenarios<R> } => ({
  "1-echec-detecte": echecDetecte,
  "2-taux-echec-eleve": tauxEchecEleve,
  "3-source-muette": sourceMuette(config),
  "4-latence-degradee": latenceDegradee,
  "5-surconsommation-ressources": surconsommationRessources,
});
