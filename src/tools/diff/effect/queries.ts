import type { Store } from "../../../alerting/store.ts";
import { durationSeconds } from "../../../core/durations.ts";
import { UserError } from "../../../core/errors.ts";
import { Unreachable } from "../../../core/loki.ts";
import { HOUR_MS } from "../../../core/spans.ts";
import { filled } from "../../../view/fill.ts";
import type { Dashboard, Variable } from "../../../view/model.ts";
import { momentOf, stepOf } from "../../../view/times.ts";
import type { Pairing } from "../compare/match.ts";
import type { Subject } from "../compare/report.ts";
import { asText, equal, get, type Json } from "../json.ts";
import { type Entity, isDashboard, isPanel, type Panel, type State } from "../model/model.ts";
import { viewOf } from "../view.ts";
import { quoted } from "../vocabulary/scope.ts";
import { unitOfTarget } from "../vocabulary/units.ts";
import { type Answer, sayValues } from "./say-values.ts";

/**
 * A query as its panel asks it, and what it is called beside others.
 * In ms: `range`, what the panel shows by default; `least`, a curve's finest step.
 */
type Asked = Readonly<{
  name: string;
  expr: string;
  instant: boolean;
  range: number;
  least: number;
  unit?: string | undefined;
  variables: readonly Variable[];
}>;
type Queries = readonly (readonly [key: string, asked: Asked])[];
/** Records that a query is asked over, as it would be at a moment (seconds), and what they are called. */
export type Sample = Readonly<{ store: Store; at: number; place: string }>;

const DEFAULT_RANGE = 6 * HOUR_MS;
const POINTS = 72;

/** What a dashboard shows when it is opened; what does not end now is taken for six hours. */
const rangeOf = ({ time }: Dashboard): number => {
  const from = momentOf(time.from, 0);
  return time.to === "now" && from !== undefined && from < 0 ? -from : DEFAULT_RANGE;
};
const isOfLoki = (...places: readonly unknown[]): boolean =>
  places.map((place) => asText(get(place as Json, "datasource", "type"))).find(Boolean) === "loki";
const milliseconds = (text: unknown): number => (durationSeconds(String(text ?? "")) ?? 0) * 1000;

const usual = (dashboard: Dashboard) => {
  return { instant: false, range: rangeOf(dashboard), least: 0, variables: dashboard.templating.list };
};

const ofAnnotations = (dashboard: Dashboard): Queries =>
  dashboard.annotations.list.flatMap((annotation) => {
    const expr = annotation.expr ?? asText(get(annotation.target as Json, "expr"));
    const isAsked = expr !== undefined && isOfLoki(annotation, annotation.target);
    const name = `annotation ${quoted(annotation.name)}`;
    return isAsked ? [[annotation.name, { ...usual(dashboard), name, expr }] as const] : [];
  });

function ofPanel(dashboard: Dashboard, entity: Panel): Queries {
  const [panel] = dashboard.panels;
  const targets = panel!.targets.filter((target) => target.expr !== undefined && isOfLoki(target, panel));
  return targets.map((target) => {
    const asked: Asked = {
      ...usual(dashboard),
      name: targets.length > 1 ? `query ${target.refId}` : "",
      expr: target.expr!,
      instant: target.queryType === "instant" || target.instant === true,
      range: milliseconds(panel!.timeFrom) || rangeOf(dashboard),
      least: milliseconds(target.step ?? target.interval ?? panel!.interval),
      unit: unitOfTarget(entity, target.refId),
    };
    return [target.refId, asked];
  });
}

/** The queries to Loki of a panel by their letters, or of a dashboard's annotations by their names. */
function queriesOf(entity: Entity | undefined, state: State): ReadonlyMap<string, Asked> {
  if (!entity || !(isPanel(entity) || isDashboard(entity))) return new Map();
  const view = viewOf(entity, state);
  if (typeof view === "string") return new Map();
  return new Map(isPanel(entity) ? ofPanel(view, entity) : ofAnnotations(view));
}

async function answerTo({ expr, instant, range, least, variables }: Asked, { store, at }: Sample): Promise<Answer> {
  const between = { from: at * 1000 - range, to: at * 1000 };
  const step = stepOf(between, { points: POINTS, least });
  const text = filled(expr, { range: between, step, instant, variables, choice: {} });
  const [start, end] = [between.from / 1000, at];
  // The newest record stands at the very end, which Loki leaves out of a range of lines.
  if (/^\s*\{/.test(text)) return { kind: "lines", lines: await store.queryLines(text, { start, end: end + 1 }) };
  if (instant) return { kind: "instant", series: await store.queryAt(text, at) };
  return { kind: "range", series: await store.queryRange(text, { start, end, step: step / 1000 }) };
}

async function asked(query: Asked, sample: Sample): Promise<Answer | string> {
  try {
    return await answerTo(query, sample);
  } catch (error) {
    if (!(error instanceof UserError || error instanceof RangeError) || error instanceof Unreachable) throw error;
    return error instanceof UserError ? error.message : "a variable stands in it in a format that is not read";
  }
}

const isEmpty = (answer: Answer | string) =>
  typeof answer !== "string" && (answer.kind === "lines" ? answer.lines : answer.series).length === 0;
const asks = ({ expr, instant, least }: Asked) => [expr, instant, least];

/** How the values of changed queries differ on some records. */
async function effectsOn(on: Sample, changed: readonly Pairing<Asked>[]): Promise<readonly string[]> {
  const effects: string[] = [];
  let isAnswered = false;
  for (const { from, to } of changed) {
    const [was, is] = [await asked(from, on), await asked(to, on)];
    const what = to.name || "query";
    // A query about other records than these says nothing of its change.
    isAnswered ||= !(isEmpty(was) && isEmpty(is));
    if (typeof was === "string") effects.push(`the old ${what} cannot be asked: ${was}`);
    if (typeof is === "string") effects.push(`the new ${what} cannot be asked: ${is}`);
    if (typeof was === "string" || typeof is === "string") continue;
    const units = { from: from.unit, to: to.unit };
    effects.push(...sayValues(to.name, { from: was, to: is }, { units, place: on.place }));
  }
  return effects.length === 0 && isAnswered ? [`no value changes on ${on.place}`] : effects;
}

type Over = Readonly<{ states: Pairing<State>; samples: () => Promise<readonly Sample[]> }>;
/** Says how the values of the changed queries of a panel, or of a dashboard's annotations, differ on some records. */
export async function panelEffects({ from, to }: Subject, { states, samples }: Over): Promise<readonly string[]> {
  const [before, after] = [queriesOf(from, states.from), queriesOf(to, states.to)];
  const changed = [...after].flatMap(([key, next]) => {
    const old = before.get(key);
    return old && !equal(asks(old), asks(next)) ? [{ from: old, to: next }] : [];
  });
  if (changed.length === 0) return [];
  const effects = [];
  for (const sample of await samples()) effects.push(...(await effectsOn(sample, changed)));
  return effects;
}
