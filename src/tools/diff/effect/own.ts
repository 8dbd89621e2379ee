import { backTest } from "../../../alerting/history/back-test.ts";
import { summaryOf } from "../../../alerting/history/firings.ts";
import { lastOf, type Period, periodOf, type Records, recordsOf } from "../../../alerting/history/period.ts";
import { judgedRule } from "../../../alerting/rule.ts";
import type { Judgeable } from "../../../alerting/timeline.ts";
import { inTime, spoken } from "../../../core/durations.ts";
import { UserError } from "../../../core/errors.ts";
import { byText } from "../../../core/order.ts";
import { plural } from "../../../core/printable.ts";
import { DAY_S } from "../../../core/spans.ts";
import type { Streams } from "../../../logql/streams.ts";
import { recordsNamed } from "../../../logs/own-logs.ts";
import { nameOf } from "../../../view/timeline-rows.ts";
import type { Subject } from "../compare/report.ts";
import { equal } from "../json.ts";
import type { Entity } from "../model/model.ts";
import { decidesAnew, intervalOf } from "./rules.ts";

/** Somebody's own records, under the name that they gave, and the period of them that is judged. */
export type OwnRecords = Readonly<{ name: string; streams: Streams; records: Records; period: Period }>;
/** When each instance fired, by its labels' values. */
type Firings = ReadonlyMap<string, readonly Period[]>;

const RANGE = 30 * DAY_S;
const MOST_INSTANCES = 3;

/** The last 30 days of the records of a file, a folder, an S3 address or standard input. */
export async function ownRecords(name: string, around: Parameters<typeof recordsNamed>[1]): Promise<OwnRecords> {
  const { streams } = await recordsNamed(name, around);
  const records = recordsOf(streams);
  if (!records) throw new UserError(`${name} holds no record; name a file that does, or leave --logs out.`);
  return { name, streams, records, period: lastOf(records, RANGE) };
}

/** What is judged of a rule as a file has it. */
export function judgeable({ body }: Entity): Judgeable {
  const read = judgedRule.safeParse(body);
  if (!read.success) throw new UserError(`${read.error.issues[0]!.path.join(".")}: ${read.error.issues[0]!.message}`);
  return { judged: read.data, interval: intervalOf(body) };
}

async function firingsOf(rule: Judgeable, { records }: OwnRecords, period: Period): Promise<Firings> {
  const { instances = [] } = (await backTest(rule, records, { period, comparisons: [] })) ?? {};
  return new Map(instances.map(({ labels, firings }) => [nameOf(labels, "everything"), firings]));
}

const times = (count: number) => (count === 0 ? "not once" : plural(count, "time"));
const span = (seconds: number) =>
  seconds >= 2 * DAY_S ? `${Math.round(seconds / DAY_S)} days` : inTime(Math.round(seconds / 60) * 60);
/** To the minute. */
const lasting = (seconds: number) => spoken(Math.round(seconds / 60) * 60);

/** The instances that fired less or more often, those that changed most first. */
function instancesApart(before: Firings, after: Firings): string {
  const counts = [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, from: before.get(name)?.length ?? 0, to: after.get(name)?.length ?? 0 }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from) || byText(a.name, b.name));
  if (counts.length === 0 || (counts.length === 1 && before.size <= 1 && after.size <= 1)) return "";
  const shown = counts.slice(0, MOST_INSTANCES).map(({ name, from, to }) => `${name} ${from} → ${to}`);
  const left = counts.length - shown.length;
  return ` (${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""})`;
}

async function sentenceOf({ from, to }: Subject, own: OwnRecords): Promise<string> {
  const rules = [from, to].flatMap((entity) => (entity ? [judgeable(entity)] : []));
  const periods = rules.flatMap((rule) => periodOf(rule, own.records, own.period) ?? []);
  if (periods.length < rules.length) return "the records are shorter than the silence that the rule asks for";
  const period = { from: Math.max(...periods.map((one) => one.from)), to: own.period.to };
  const within = span(period.to - period.from);
  const firings = await Promise.all(rules.map((rule) => firingsOf(rule, own, period)));
  const [was, is] = firings.map((one) => summaryOf([...one.values()].flat()));
  if (!from) return `would have fired ${times(was!.count)} in ${within}`;
  if (!is) return `fired ${times(was!.count)} in ${within}, and no more`;
  if (was!.count === 0 && is.count === 0) return `fires not once in ${within}, before and after`;
  const before = `${times(was!.count)} in ${within}`;
  if (was!.count !== is.count) return `fired ${before} → ${times(is.count)}${instancesApart(firings[0]!, firings[1]!)}`;
  if (equal([...firings[0]!], [...firings[1]!])) return `fires at the same times (${before})`;
  const [long, next] = [lasting(was!.total), lasting(is.total)];
  if (long === next) return `fires at other times, as often (${before})`;
  return `fired ${before}, ${long} in all → as often, ${next} in all`;
}

/** Says what a rule's change does on one's own records. */
export async function ownEffects(subject: Subject, own: OwnRecords): Promise<readonly string[]> {
  if (subject.from && !decidesAnew(subject)) return [];
  try {
    return [`on ${own.name}: ${await sentenceOf(subject, own)}`];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [`on ${own.name} it cannot be judged: ${error.message}`];
  }
}
