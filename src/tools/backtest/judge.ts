import { absences } from "../../alerting/absences.ts";
import { conditionOf } from "../../alerting/condition.ts";
import { backTest, type MailCount, mailCounts, type RuleBackTest } from "../../alerting/history/back-test.ts";
import type { Period, Records } from "../../alerting/history/period.ts";
import { type Distance, distanceOf } from "../../alerting/history/readings.ts";
import { type Alerting, noAlerting, type Rule, readAlerting, withMore } from "../../alerting/provisioned.ts";
import type { Store } from "../../alerting/store.ts";
import { buildAlerts } from "../../alerts/index.ts";
import { buildNotifications } from "../../alerts/notifications.ts";
import type { Config } from "../../core/config/schema.ts";
import { collected } from "../../core/kept.ts";
import type { Progress } from "../../core/progress.ts";
import { buildDashboards } from "../../dashboards/index.ts";
import type { Streams } from "../../logql/streams.ts";
import { type Definitions, unitOfRule } from "../../view/definitions.ts";
import { readDashboard } from "../../view/model.ts";
import { silences } from "./silences.ts";
import type { Variant } from "./try.ts";

/** What a configuration generates, read as Grafana reads the files. */
function definitionsOf(config: Config): Definitions {
  const alerting = [buildNotifications(config), ...buildAlerts(config, undefined).map(([, file]) => file)]
    .map((file) => readAlerting(file, "the generated rules").alerting)
    .reduce(withMore, noAlerting);
  const dashboards = buildDashboards(config)
    .map(readDashboard)
    .filter((one) => typeof one !== "string");
  return { alerting, dashboards, faults: [] };
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
  const answers = collected<string, ReturnType<Store["queryRange"]>>();
  return {
    ...store,
    queryRange: (expr, range) => answers.of(JSON.stringify([expr, range]), () => store.queryRange(expr, range)),
  };
}

/** What decides of a rule's states. */
const decisive = ({ judged, interval }: Rule) => JSON.stringify([judged, interval]);

async function judged(
  rule: Rule,
  { config, definitions }: Readonly<{ config: Config; definitions: Definitions }>,
  { streams, records, period }: Question,
): Promise<RuleBackTest | undefined> {
  const { comparisons } = conditionOf(rule, unitOfRule(definitions, rule.panel));
  const test = await backTest(rule, records, { period, comparisons });
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
  const definitions = definitionsOf(config);
  const { alerting } = definitions;
  progress.start(alerting.rules.length);
  const tests = [];
  for (const rule of alerting.rules) {
    tests.push(await judged(rule, { config, definitions }, question));
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
  const all = variants.map((variant) => ({ variant, definitions: definitionsOf(variant.config) }));
  const [first] = all;
  const touched = first!.definitions.alerting.rules.filter((rule) => {
    const forms = all.map(({ definitions: { alerting } }) =>
      decisive(alerting.rules.find(({ uid }) => uid === rule.uid)!),
    );
    return new Set(forms).size > 1 || (all.length === 1 && reads(rule, first!.variant.setting));
  });
  progress.start(touched.length * all.length);
  const columns: { variant: Variant; found: ReadonlyMap<string, Outcome> }[] = [];
  for (const { variant, definitions } of all) {
    const { alerting } = definitions;
    const tests = [];
    for (const rule of alerting.rules.filter(({ uid }) => touched.some((one) => one.uid === uid))) {
      tests.push(await judged(rule, { config: variant.config, definitions }, remembered));
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
