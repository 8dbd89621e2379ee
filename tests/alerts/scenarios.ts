import type { RuleName } from "../../src/alerts/rule.ts";
import type { Scenarios } from "../support/scenarios.ts";
import { echecDetecte } from "./1-echec-detecte.ts";
import { tauxEchecEleve } from "./2-taux-echec-eleve.ts";
import { sourceMuette } from "./3-source-muette.ts";
import { latenceDegradee } from "./4-latence-degradee.ts";
import { surconsommationRessources } from "./5-surconsommation-ressources.ts";

/** The scenarios of every rule. */
export const scenarios = {
  "1-echec-detecte": echecDetecte,
  "2-taux-echec-eleve": tauxEchecEleve,
  "3-source-muette": sourceMuette,
  "4-latence-degradee": latenceDegradee,
  "5-surconsommation-ressources": surconsommationRessources,
} satisfies { [R in RuleName]: Scenarios<R> };
