import { type Firing, firingInstances, summaryOf } from "../../../alerting/history/firings.ts";
import { type Period, periodOf, type Records } from "../../../alerting/history/period.ts";
import { judgedRule } from "../../../alerting/rule.ts";
import { type Judgeable, ruleLine } from "../../../alerting/timeline.ts";
import { UserError } from "../../../core/errors.ts";
import { byText } from "../../../core/order.ts";
import type { Subject } from "../compare/report.ts";
import { asText, equal, get, type Json } from "../json.ts";
import type { Entity } from "../model/model.ts";
import { inTime } from "../words.ts";
import { decidesAnew } from "./rules.ts";

/** Somebody's own records, under the name that they gave, and the period of them that is judged. */
export type OwnRecords = Readonly<{ name: string; records: Records; period: Period }>;
/** When each instance fired, by its labels' values. */
type Firings = ReadonlyMap<string, readonly Firing[]>;

const DAY = 86_400;
const MOST_INSTANCES = 3;

/** What is judged of a rule as a file has it. */
export function judgeable({ body }: Entity): Judgeable {
  const read = judgedRule.safeParse(body);
  if (!read.success) throw new UserError(`${read.error.issues[0]!.path.join(".")}: ${read.error.issues[0]!.message}`);
  return { judged: read.data, interval: asText(get(body, "$group", "interval")) ?? "1m" };
}

async function firingsOf(
  rule: Judgeable,
  { records }: OwnRecords,
  period: Period & Readonly<{ start: number }>,
): Promise<Firings> {
  const line = await ruleLine(rule, records.store, period);
  return new Map(
    firingInstances(line, period).map(({ labels, firings }) => [
      Object.values(labels).join("/") || "everything",
      firings,
    ]),
  );
}

const all = (firings: Firings) => [...firings.values()].flat();
const times = (count: number) => (count === 0 ? "not once" : `${count} time${count === 1 ? "" : "s"}`);
const span = (seconds: number) =>
  seconds >= 2 * DAY ? `${Math.round(seconds / DAY)} days` : inTime(Math.round(seconds / 60) * 60);
/** Minutes, and hours where there are many. */
const lasting = (seconds: number) => {
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

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

function said(before: Firings, after: Firings, within: string): string {
  const [from, to] = [summaryOf(all(before)), summaryOf(all(after))];
  if (from.count === 0 && to.count === 0) return `fires not once in ${within}, before and after`;
  if (from.count !== to.count)
    return `fired ${times(from.count)} in ${within} → ${times(to.count)}${instancesApart(before, after)}`;
  if (equal([...before].sort() as unknown as Json, [...after].sort() as unknown as Json))
    return `fires at the same times (${times(from.count)} in ${within})`;
  if (lasting(from.total) === lasting(to.total))
    return `fires at other times, as often (${times(from.count)} in ${within})`;
  return `fired ${times(from.count)} in ${within}, ${lasting(from.total)} in all → as often, ${lasting(to.total)} in all`;
}

async function told({ from, to }: Subject, own: OwnRecords): Promise<string> {
  const rules = [from, to].flatMap((entity) => (entity ? [judgeable(entity)] : []));
  const periods = rules.map((rule) => periodOf(rule, own.records, own.period));
  if (periods.some((period) => period === undefined))
    return "the records are shorter than the silence that the rule asks for";
  const latest = (key: "start" | "from") => periods.reduce((most, period) => Math.max(most, period![key]), 0);
  const period = { start: latest("start"), from: latest("from"), to: own.period.to };
  const within = span(period.to - period.from);
  const found = [];
  for (const rule of rules) found.push(await firingsOf(rule, own, period));
  const [first, second] = found;
  if (!from) return `would have fired ${times(all(first!).length)} in ${within}`;
  return second ? said(first!, second, within) : `fired ${times(all(first!).length)} in ${within}, and no more`;
}

/** Says what a rule's change does on one's own records. */
export async function ownEffects(subject: Subject, own: OwnRecords): Promise<readonly string[]> {
  if (subject.from && !decidesAnew(subject)) return [];
  try {
    return [`on ${own.name}: ${await told(subject, own)}`];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [`on ${own.name} it cannot be judged: ${error.message}`];
  }
}
