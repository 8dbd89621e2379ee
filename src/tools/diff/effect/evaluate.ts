import type { Stores } from "../../../alerting/store.ts";
import type { Subject } from "../compare/report.ts";
import type { Evaluate } from "./effects.ts";
import { type OwnRecords, ownEffects } from "./own.ts";
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

/** `tellsOfNone`: say of which rules no scenario is; `own`: somebody's own records, on which all is told too. */
type Options = Readonly<{ tellsOfNone: boolean; own?: OwnRecords | undefined }>;

/** Judges rules on the scenarios and asks queries on the sample, and does both on one's own records where there are any. */
export function evaluator(stores: Stores, { tellsOfNone, own }: Options): Evaluate {
  const scenarios = once(loadScenarios);
  const sample = once(async (): Promise<Sample> => {
    const at = Math.floor(Date.now() / 1000 / DAY) * DAY;
    return { store: await stores.hold(await sampleStreams(at)), at, place: "the sample" };
  });
  const onScenarios = async (subject: Subject) => {
    if (!decidesAnew(subject)) return [];
    const about = scenariosOf(subject, await scenarios());
    if (about.size === 0) return tellsOfNone ? ["no scenario is about this rule"] : [];
    return ruleEffects(subject, about, stores);
  };
  return async (subject, states) => {
    if (subject.kind === "rule")
      return [...(await onScenarios(subject)), ...(own ? await ownEffects(subject, own) : [])];
    const queries = changedQueries(subject, states);
    if (queries.length === 0) return [];
    const onOwn = own
      ? await panelEffects(queries, { store: own.records.store, at: own.period.to, place: own.name })
      : [];
    return [...(await panelEffects(queries, await sample())), ...onOwn];
  };
}
