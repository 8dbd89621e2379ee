import { type Comparison, conditionOf, inWords } from "../../../alerting/condition.ts";
import { alertOf } from "../../../alerting/mails.ts";
import type { Alerting, Rule } from "../../../alerting/provisioned.ts";
import { lastValues, mailsOf, type SentMail } from "../../../alerting/sent-mails.ts";
import type { State } from "../../../alerting/states.ts";
import type { Store } from "../../../alerting/store.ts";
import { BEFORE, type InstanceLine, type RuleLine, ruleLine } from "../../../alerting/timeline.ts";
import { parseDuration } from "../../../core/durations.ts";
import { UserError } from "../../../core/errors.ts";
import { type Stretch, stretchesOf, thinned, URGENCY } from "../../../view/stretches.ts";
import type { TimeRange } from "../../../view/times.ts";

export type ShownInstance = Readonly<{
  labels: Readonly<Record<string, string>>;
  state: State;
  /** Since when it is in its state; null where it is no longer spoken of. */
  since: number | null;
  stretches: readonly Stretch[];
  /** For each comparison: times (ms) with the measured values; of many, the worst of each stretch of time. */
  values: readonly (readonly (readonly [time: number, value: number | null])[])[];
  /** For each comparison: the value at the last evaluation, if there was one. */
  now: readonly (number | null)[];
  summary: string;
}>;
/** A rule as the page shows it. */
export type ShownRule = Readonly<{
  uid: string;
  title: string;
  severity: string;
  words: string;
  comparisons: readonly Comparison[];
  panel?: Readonly<{ dashboard: string; id: number }>;
  state: State;
  instances: readonly ShownInstance[];
  mails: readonly SentMail[];
  mailCount: number;
  runbook?: string;
  queries: readonly Readonly<{ refId: string; expr: string }>[];
  error?: string;
}>;

const worst = (states: readonly State[]): State => URGENCY.find((state) => states.includes(state)) ?? "Normal";
const MOST_MAILS = 50;

type Seen = Readonly<{
  rule: Rule;
  line: RuleLine;
  comparisons: readonly Comparison[];
  range: TimeRange;
  externalURL: string;
}>;

function shownInstance(
  instance: InstanceLine,
  { rule, line: { moments }, comparisons, range, externalURL }: Seen,
): ShownInstance {
  const last = moments.length - 1;
  const inRange = moments.flatMap((moment, index) => (moment * 1000 >= range.from ? [index] : []));
  const pointsOf = ({ refId, type }: Comparison) =>
    thinned(
      inRange.map((index) => [moments[index]! * 1000, instance.values[refId]?.[index] ?? null] as const),
      { below: type.startsWith("lt") },
    );
  const { labels } = instance;
  const state = instance.states[last] ?? "Normal";
  const since = instance.since[last];
  const alert = () => alertOf(rule, { labels, values: lastValues(instance, last) }, { externalURL });
  return {
    labels,
    state,
    since: since === undefined ? null : since * 1000,
    stretches: stretchesOf(instance, moments, range),
    values: comparisons.map(pointsOf),
    now: comparisons.map(({ refId }) => instance.values[refId]?.[last] ?? null),
    summary: state === "Normal" ? "" : (alert().annotations.summary ?? ""),
  };
}

type AlertQuestion = Readonly<{
  store: Store;
  alerting: Alerting;
  range: TimeRange;
  externalURL: string;
  to: string;
  panelUnit: (panel: Rule["panel"]) => string | undefined;
  runbookOf: (rule: Rule) => string | undefined;
}>;

/** What a rule did over a range, as the page shows it. */
export async function shownRule(rule: Rule, question: AlertQuestion): Promise<ShownRule> {
  const { store, alerting, range, externalURL, to } = question;
  const condition = conditionOf(rule, question.panelUnit(rule.panel));
  const runbook = question.runbookOf(rule);
  const base = {
    uid: rule.uid,
    title: rule.title,
    severity: rule.labels.severity ?? "",
    comparisons: condition.comparisons,
    words: inWords(rule, condition, {
      every: parseDuration(rule.interval),
      wait: parseDuration(String(rule.judged.for)),
    }),
    queries: rule.judged.data.flatMap((datum) =>
      datum.kind === "query" ? [{ refId: datum.refId, expr: datum.model.expr }] : [],
    ),
    ...(rule.panel && { panel: rule.panel }),
    ...(runbook !== undefined && { runbook }),
  };
  try {
    const line = await ruleLine(rule, store, { start: range.from / 1000 - BEFORE, to: range.to / 1000 });
    const seen = { rule, line, comparisons: condition.comparisons, range, externalURL };
    const instances = line.instances
      .map((one) => shownInstance(one, seen))
      .filter(({ stretches }) => stretches.length > 0);
    const period = { from: range.from / 1000, to: line.moments.at(-1) ?? 0, most: MOST_MAILS };
    const { mails, total } = mailsOf([{ rule, line }], { alerting, externalURL, to }, period);
    return { ...base, state: worst(instances.map(({ state }) => state)), instances, mails, mailCount: total };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...base, state: "Error", instances: [], mails: [], mailCount: 0, error: error.message };
  }
}
