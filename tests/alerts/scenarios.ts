import type { RuleName } from "../../src/alerts/rule.ts";
import { config as own } from "../../src/config.ts";
import type { Config } from "../../src/core/config/schema.ts";
import { config } from "../support/config.ts";
import type { Scenarios } from "../support/scenarios.ts";
import { echecDetecte } from "./1-echec-detecte.ts";
import { tauxEchecEleve } from "./2-taux-echec-eleve.ts";
import { sourceMuette } from "./3-source-muette.ts";
import { latenceDegradee } from "./4-latence-degradee.ts";
import { surconsommationRessources } from "./5-surconsommation-ressources.ts";

const scenariosOf = (of: Config): { readonly [R in RuleName]: Scenarios<R> } => ({
  "1-echec-detecte": echecDetecte,
  "2-taux-echec-eleve": tauxEchecEleve,
  "3-source-muette": sourceMuette(of),
  "4-latence-degradee": latenceDegradee,
  "5-surconsommation-ressources": surconsommationRessources,
});

/** The scenarios of every rule, and what it must say under the configuration of the tests. */
export const scenarios = scenariosOf(config);
/** The same among the sources of `src/config.ts`: a change of the rules is judged on them, before and after. */
export const ownScenarios = scenariosOf(own);
