import { absences } from "../../alerting/absences.ts";
import { type Comparison, conditionOf } from "../../alerting/condition.ts";
import { backTest, type MailCount, mailCounts, type RuleBackTest } from "../../alerting/history/back-test.ts";
import type { Period, Records } from "../../alerting/history/period.ts";
import { type Distance, distanceOf } from "../../alerting/history/readings.ts";
import { type Alerting, noAlerting, type Rule, readAlerting, withMore } from "../../alerting/provisioned.ts";
import type { Store } from "../../alerting/store.ts";
import { buildAlerts } from "../../alerts/index.ts";
import { buildNotifications } from "../../alerts/notifications.ts";
import type { Config } from "../../core/config/schema.ts";
import type { Progress } from "../../core/progress.ts";
import { buildDashboards } from "../../dashboards/index.ts";
import type { Streams } from "../../logql/streams.ts";
import { silences } from "./silences.ts";
import type { Variant } from "./try.ts";

/** The rules and notifications of a configuration, read as Grafana reads the generated files. */
const alertingOf = (config: Config): Alerting =>
  [buildNotifications(config), ...buildAlerts(config, undefined).map(([, file]) => file)]
    .map((file) => readAlerting(file, "the generated rules").alerting)
    .reduce(withMore, noAlerting);

/** What a rule compares, in the unit of the panel that plots it. */
function comparisonsOf(config: Config): (rule: Rule) => readonly Comparison[] {
  const dashboards = buildDashboards(config);
  return (rule) => {
    const panels = dashboards.find(({ uid }) => uid === rule.panel?.dashboard)?.panels ?? [];
    const panel = panels.find((one) => "id" in one && one.id === rule.panel?.id);
    const unit = panel && "fieldConfig" in panel ? panel.fieldConfig?.defaults.unit : undefined;
    return conditionOf(rule, unit).comparisons;
  };
}

/** What a rule would have done: of the back-test, its mails and how far its values were from the threshold. */
export type Outcome = Readonly<{ test: RuleBackTest; mails: MailCount; distances: readonly Distance[] }>;
/** A rule under one value of a setting; no outcome where the records are too short for it. */
export type Column = Readonly<{ value: string; isNow: boolean; outcome: Outcome | undefined }>;
/** A rule, and its columns: one, or one for each value of the setting that is tried. */
export type Row = Readonly<{ rule: Rule; setting?: string; columns: readonly Column[] }>;

type Question = Readonly<{ streams: Streams; records: Records; period: Period }>;
/** What rules are judged on, and the progress that steps when one has been judged. */
export type Judging = Question & Readonly<{ progress: Pick<Progress, "start" | "step"> }>;

/** A store that asks the same question once. */
function remembering(store: Store): Store {
  const answers = new Map<string, ReturnType<Store["queryRange"]>>();
  return {
    ...store,
    queryRange: (expr, range) => {
      const key = JSON.stringify([expr, range]);
      const answer = answers.get(key) ?? store.queryRange(expr, range);
      answers.set(key, answer);
      return answer;
    },
  };
}

/** What decides of a rule's states. */
const decisive = ({ judged, interval }: Rule) => JSON.stringify([judged, interval]);

async function judged(
  rule: Rule,
  config: Config,
  { streams, records, period }: Question,
): Promise<RuleBackTest | undefined> {
  const test = await backTest(rule, records, { period, comparisons: comparisonsOf(config)(rule) });
  if (!test || absences(rule.judged).length === 0) return test;
  return { ...test, readings: [silences(streams, { ...config.sources, moments: test.line.moments })] };
}

function outcomes(tests: readonly (RuleBackTest | undefined)[], alerting: Alerting): ReadonlyMap<string, Outcome> {
  const judged = tests.filter((test) => test !== undefined);
  const mails = mailCounts(judged, alerting);
  return new Map(
    judged.map((test) => {
      const distances = test.readings.flatMap((reading) => distanceOf(reading, test.line.moments, test.period) ?? []);
      return [test.rule.uid, { test, mails: mails.get(test.rule.uid)!, distances }];
    }),
  );
}

/** Every rule of a configuration. */
export async function judgeAll(config: Config, { progress, ...question }: Judging): Promise<readonly Row[]> {
  const alerting = alertingOf(config);
  progress.start(alerting.rules.length);
  const tests = [];
  for (const rule of alerting.rules) {
    tests.push(await judged(rule, config, question));
    progress.step();
  }
  const found = outcomes(tests, alerting);
  return alerting.rules.map((rule) => ({ rule, columns: [{ value: "", isNow: true, outcome: found.get(rule.uid) }] }));
}

/** Whether a rule reads a setting, by its name: its own number, or a silence of the sources. */
const reads = ({ uid, judged }: Rule, setting: string): boolean =>
  setting.startsWith(`rules.${uid}.`) || (setting.startsWith("sources.") && absences(judged).length > 0);

/** The rules that a setting changes, under each of its values. */
export async function judgeVariants(
  variants: readonly Variant[],
  { progress, ...question }: Judging,
): Promise<readonly Row[]> {
  const remembered = { ...question, records: { ...question.records, store: remembering(question.records.store) } };
  const all = variants.map((variant) => ({ variant, alerting: alertingOf(variant.config) }));
  const [first] = all;
  const touched = first!.alerting.rules.filter((rule) => {
    const forms = all.map(({ alerting }) => decisive(alerting.rules.find(({ uid }) => uid === rule.uid)!));
    return new Set(forms).size > 1 || (all.length === 1 && reads(rule, first!.variant.setting));
  });
  progress.start(touched.length * all.length);
  const columns: { variant: Variant; found: ReadonlyMap<string, Outcome> }[] = [];
  for (const { variant, alerting } of all) {
    const tests = [];
    for (const rule of alerting.rules.filter(({ uid }) => touched.some((one) => one.uid === uid))) {
      tests.push(await judged(rule, variant.config, remembered));
      progress.step();
    }
    columns.push({ variant, found: outcomes(tests, alerting) });
  }
  return touched.map((rule) => ({
    rule,
    setting: first!.variant.setting,
    columns: columns.map(({ variant: { value, isNow }, found }) => ({ value, isNow, outcome: found.get(rule.uid) })),
  }));
}
