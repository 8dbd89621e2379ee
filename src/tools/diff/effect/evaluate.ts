import type { Stores } from "../../../alerting/store.ts";
import type { Evaluate } from "./effects.ts";
import { panelEffects, type Sample } from "./panels.ts";
import { changedQueries } from "./queries.ts";
import { decidesAnew, ruleEffects, scenariosOf } from "./rules.ts";
import { sampleStreams } from "./sample.ts";
import { loadScenarios } from "./scenarios.ts";

const DAY = 86_400;

/** Runs its work once, at the first call. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

/** Judges rules on the scenarios and asks queries on the sample. */
export function evaluator(stores: Stores, { tellsOfNone }: Readonly<{ tellsOfNone: boolean }>): Evaluate {
  const scenarios = once(loadScenarios);
  const sample = once(async (): Promise<Sample> => {
    const at = Math.floor(Date.now() / 1000 / DAY) * DAY;
    return { store: await stores.hold(await sampleStreams(at)), at };
  });
  return async (subject, states) => {
    if (subject.kind === "rule") {
      if (!decidesAnew(subject)) return [];
      const own = scenariosOf(subject, await scenarios());
      if (own.size === 0) return tellsOfNone ? ["no scenario is about this rule"] : [];
      return ruleEffects(subject, own, stores);
    }
    const queries = changedQueries(subject, states);
    return queries.length > 0 ? panelEffects(queries, await sample()) : [];
  };
}
