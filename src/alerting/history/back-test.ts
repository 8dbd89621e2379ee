import type { Comparison } from "../condition.ts";
import { type MailGroup, mailGroups, sendings } from "../mail-groups.ts";
import type { Alerting, Rule } from "../provisioned.ts";
import { type Judgeable, type RuleLine, ruleLine } from "../timeline.ts";
import { type FiringInstance, firingInstances, type Summary, summaryOf } from "./firings.ts";
import { type Period, periodOf, type Records, type RulePeriod } from "./period.ts";
import { type Reading, readingsOf } from "./readings.ts";

/** What a rule would have done on records: its evaluations, and of its period the instances that fired. */
export type RuleBackTest<R extends Judgeable = Rule> = Readonly<{
  rule: R;
  period: RulePeriod;
  line: RuleLine;
  instances: readonly FiringInstance[];
  summary: Summary;
  readings: readonly Reading[];
}>;
/** How many mails, by why they went: something new fired, something ended, nothing changed for long. */
export type MailCount = Readonly<{ total: number; new: number; ended: number; repeat: number }>;

/** Judges a rule over records; undefined where they are too short for it. */
export async function backTest<R extends Judgeable>(
  rule: R,
  records: Records,
  { period: asked, comparisons }: Readonly<{ period: Period; comparisons: readonly Comparison[] }>,
): Promise<RuleBackTest<R> | undefined> {
  const period = periodOf(rule, records, asked);
  if (!period) return undefined;
  const line = await ruleLine(rule, records.store, period);
  const instances = firingInstances(line, period);
  const summary = summaryOf(instances.flatMap(({ firings }) => firings));
  return { rule, period, line, instances, summary, readings: readingsOf(line, comparisons) };
}

const rulesIn = ({ ruleOf }: MailGroup) => new Set([...ruleOf.values()].map(({ uid }) => uid));

/** The mails in which each rule is told of, by its uid. */
export function mailCounts(all: readonly RuleBackTest[], alerting: Alerting): ReadonlyMap<string, MailCount> {
  const groups = mailGroups(
    all.map(({ rule, line }) => ({ rule, line })),
    alerting,
  );
  return new Map(
    all.map(({ rule, period }): [string, MailCount] => {
      const own = sendings(
        groups.filter((group) => rulesIn(group).has(rule.uid)),
        period,
      ).filter(({ flush: { firing, resolved }, group: { ruleOf } }) => {
        const lines = [...firing, ...resolved.map(({ line }) => line)];
        return lines.some((instance) => ruleOf.get(instance)!.uid === rule.uid);
      });
      const count = (why: string) => own.filter(({ flush }) => flush.why === why).length;
      return [rule.uid, { total: own.length, new: count("new"), ended: count("ended"), repeat: count("repeat") }];
    }),
  );
}
