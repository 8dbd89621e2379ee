import type { Arrivals, Expected, Scenario } from "../../alerting/scenario.ts";
import type { RuleName } from "../rule.ts";

export const everything = "";
/** All instances are normal, or there is none. */
export const quiet: Expected = {};

/** Loki is away for five minutes, and the rule says nothing of it. */
export const silentOutage = (...arrivals: readonly Arrivals[]): Scenario => ({
  arrivals,
  outage: { from: "10m", to: "15m" },
  expect: { "9m": quiet, "10m": quiet, "14m": quiet, "15m": quiet },
});

/** The moments at which every rule must be shown, and those of some rules only. */
type Cases = {
  all:
    | "fires"
    | "just below"
    | "exactly at the threshold"
    | "no runs at all"
    | "recovers"
    | "a bad record among good ones"
    | "a value missing or not a number"
    | "old runs that arrive now";
  "1-echec-detecte": "the word FAILED inside a SUCCESS description";
  "2-taux-echec-eleve": "the word FAILED inside a SUCCESS description" | "a single failure that must not fire";
  "3-source-muette":
    | "one source silent"
    | "all silent"
    | "silent for longer than 24 h"
    | "a new source"
    | "a source that comes back"
    | "a retired source"
    | "a source with its own maximum silence"
    | "only INVALID lines arriving";
  "4-latence-degradee": "one slow run among many";
  "5-surconsommation-ressources": "only memory" | "only CPU" | "both";
};

/** The scenarios of a rule: the required ones, and any other. */
export type Scenarios<R extends RuleName> = Readonly<
  Record<Cases["all" | (R & keyof Cases)], Scenario> & Record<string, Scenario>
>;
