import { storesAt } from "../../../alerting/loki.ts";
import type { Stores, Stream } from "../../../alerting/store.ts";
import { UserError } from "../../../core/errors.ts";
import { DAY_S } from "../../../core/spans.ts";
import { sinceEpoch } from "../../../logql/streams.ts";
import { sampleAt } from "../../../logs/data.ts";
import type { Pairing } from "../compare/match.ts";
import type { Report, Subject } from "../compare/report.ts";
import type { State } from "../model/model.ts";
import { type OwnRecords, ownEffects } from "./own.ts";
import { panelEffects, type Sample } from "./queries.ts";
import { decidesAnew, ruleEffects, scenariosAbout } from "./rules.ts";

/** Evaluates what a changed rule or panel does differently: one sentence each, empty when it does not. */
type Evaluate = (subject: Subject) => Promise<readonly string[]>;
/** `tellsOfNone`: say of which rules no scenario is; `own`: somebody's own records, on which all is told too. */
type Options = Readonly<{ tellsOfNone: boolean; own?: OwnRecords | undefined }>;

/** The bundled sample, its newest record at the last midnight. */
async function bundledSample(stores: Stores): Promise<Sample> {
  const at = Math.floor(Date.now() / 1000 / DAY_S) * DAY_S;
  const sample = await sampleAt(at * 1000);
  const milliseconds = sinceEpoch(sample);
  const parts = sample.streams.map(({ labels, times, lines }): Stream => {
    return { labels, entries: times.map((time, index) => [milliseconds(time) / 1000, lines[index]!]) };
  });
  return { store: await stores.hold(parts), at, place: "the sample" };
}

/** Judges rules on the scenarios and asks queries on the sample, and does both on one's own records, if any. */
export function evaluator(
  stores: Stores,
  { tellsOfNone, own, states }: Options & { states: Pairing<State> },
): Evaluate {
  const ownSample = own ? [{ store: own.records.store, at: own.period.to, place: own.name }] : [];
  let bundled: Sample | undefined;
  const samples = async () => {
    bundled ??= await bundledSample(stores);
    return [bundled, ...ownSample];
  };
  const onScenarios = async (subject: Subject) => {
    if (!decidesAnew(subject)) return [];
    const about = scenariosAbout(subject);
    if (about.size === 0) return tellsOfNone ? ["no scenario is about this rule"] : [];
    return ruleEffects(subject, about, stores);
  };
  return async (subject) => {
    if (subject.kind !== "rule") return panelEffects(subject, { states, samples });
    return [...(await onScenarios(subject)), ...(own ? await ownEffects(subject, own) : [])];
  };
}

/** The report on these states with what its changes do, one subject after the other. */
export async function withEffects(report: Report, evaluate: Evaluate): Promise<Report> {
  const sections = [];
  for (const section of report) {
    const subjects = [];
    for (const subject of section.subjects) subjects.push({ ...subject, effects: await evaluate(subject) });
    sections.push({ ...section, subjects });
  }
  return sections;
}

/** The same by the engine in process, or by the running Loki at `url`. */
export async function withAllEffects(
  report: Report,
  states: Pairing<State>,
  { url, ...options }: Options & Readonly<{ url: string | undefined }>,
): Promise<Report> {
  try {
    return await withEffects(report, evaluator(await storesAt(url), { ...options, states }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`The effect cannot be told: ${error.message.replace(/\.$/, "")}; --no-effect leaves it out.`, {
      cause: error,
    });
  }
}
