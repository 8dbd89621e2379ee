import pMap from "p-map";
import { inProcess } from "../../../alerting/in-process.ts";
import { assertTenants, runningLoki } from "../../../alerting/loki.ts";
import type { Scenario } from "../../../alerting/scenario.ts";
import type { Stores, Stream } from "../../../alerting/store.ts";
import { scenariosOf as ownScenarios } from "../../../alerts/scenarios/index.ts";
import { config } from "../../../config.ts";
import { UserError } from "../../../core/errors.ts";
import { sampleAt } from "../../../logs/data.ts";
import type { Pairing } from "../compare/match.ts";
import type { Report, Subject } from "../compare/report.ts";
import type { State } from "../model/model.ts";
import { type OwnRecords, ownEffects } from "./own.ts";
import { panelEffects, type Sample } from "./queries.ts";
import { decidesAnew, ruleEffects, scenariosOf } from "./rules.ts";

/** Evaluates what a changed rule or panel does differently: one sentence each, empty when it does not. */
type Evaluate = (subject: Subject) => Promise<readonly string[]>;
/** Scenarios by rule (its uid), then by name. */
export type AllScenarios = Readonly<Record<string, Readonly<Record<string, Scenario>>>>;
/** `tellsOfNone`: say of which rules no scenario is; `own`: somebody's own records, on which all is told too. */
type Options = Readonly<{ tellsOfNone: boolean; own?: OwnRecords | undefined }>;

const DAY = 86_400;

/** Runs its work once, at the first call. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return async () => (done ??= work());
}

/** The bundled sample, moved so that its newest record is at a moment (seconds): its streams. */
async function sampleStreams(at: number): Promise<readonly Stream[]> {
  const { origin, streams } = await sampleAt(at * 1000);
  const start = Number(origin / 1_000_000n) / 1000;
  return streams.map(({ labels, times, lines }) => ({
    labels,
    entries: times.map((time, index) => [start + time / 1e9, lines[index]!] as const),
  }));
}

/** Judges rules on the scenarios and asks queries on the sample, and does both on one's own records, if any. */
export function evaluator(
  stores: Stores,
  { tellsOfNone, own, states }: Options & { states: Pairing<State> },
): Evaluate {
  const scenarios = once(async (): Promise<AllScenarios> => ownScenarios(config));
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
  return async (subject) => {
    if (subject.kind === "rule")
      return [...(await onScenarios(subject)), ...(own ? await ownEffects(subject, own) : [])];
    const ownSample = own && { store: own.records.store, at: own.period.to, place: own.name };
    return panelEffects(subject, { states, samples: [sample, ...(ownSample ? [async () => ownSample] : [])] });
  };
}

/** The report on these states with what its changes do, one subject after the other. */
export const withEffects = (report: Report, evaluate: Evaluate): Promise<Report> => {
  const evaluated = async (subject: Subject) => ({ ...subject, effects: await evaluate(subject) });
  const after = { concurrency: 1 };
  return pMap(
    report,
    async (section) => ({ ...section, subjects: await pMap(section.subjects, evaluated, after) }),
    after,
  );
};

/** The same by the engine in process, or by the running Loki at `url`. */
export async function withAllEffects(
  report: Report,
  states: Pairing<State>,
  { url, ...options }: Options & Readonly<{ url: string | undefined }>,
): Promise<Report> {
  try {
    if (url !== undefined) await assertTenants(url.replace(/\/+$/, ""));
    const stores = url === undefined ? inProcess : runningLoki(url);
    return await withEffects(report, evaluator(stores, { ...options, states }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`The effect cannot be told: ${error.message.replace(/\.$/, "")}; --no-effect leaves it out.`, {
      cause: error,
    });
  }
}
