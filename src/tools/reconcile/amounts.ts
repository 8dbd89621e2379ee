import { MINUTE_MS } from "../../core/spans.ts";
import type { Entry } from "./entries.ts";

/** Where a line belongs: the job of its topic, and its label `source` (`""` where it has none). */
export type Group = Readonly<{ job: string; source: string }>;
/**
 * Lines: how many, their bytes, and the sum of their times within the minute (milliseconds).
 * The sums tell a lost line beside a doubled one from none of either.
 */
export type Amount = Readonly<{ count: number; bytes: number; times: number }>;
/** What each group has in each slot of time (by the slot's first millisecond). */
export type Amounts = Map<string, Map<number, Amount>>;
/** Slots of groups. */
export type Slots = Map<string, Set<number>>;

export const groupKey = ({ job, source }: Group): string => `${job}\n${source}`;
export const groupOfEntry = ({ labels: { job = "", source = "" } }: Entry): string => groupKey({ job, source });
export function groupOf(key: string): Group {
  const end = key.indexOf("\n");
  return { job: key.slice(0, end), source: key.slice(end + 1) };
}

export const SECOND = 1000;
export const slotOf = (time: number, width: number): number => Math.floor(time / width) * width;
export const timeInMinute = (time: number): number => time % MINUTE_MS;
export const nothing: Amount = { count: 0, bytes: 0, times: 0 };
export const plus = (a: Amount, b: Amount): Amount => ({
  count: a.count + b.count,
  bytes: a.bytes + b.bytes,
  times: a.times + b.times,
});

export function add(
  amounts: Amounts,
  amount: Amount,
  { group, slot }: Readonly<{ group: string; slot: number }>,
): void {
  const slots = amounts.get(group) ?? new Map<number, Amount>();
  if (slots.size === 0) amounts.set(group, slots);
  slots.set(slot, plus(slots.get(slot) ?? nothing, amount));
}

export const amountIn = (slots: ReadonlyMap<number, Amount> | undefined, slot: number): Amount =>
  slots?.get(slot) ?? nothing;

/** The slots of all groups. */
export const timesOf = (slots: Slots): ReadonlySet<number> =>
  new Set([...slots.values()].flatMap((times) => [...times]));

/** The slots in which the two sides differ. */
export function differing(a: Amounts, b: Amounts): Slots {
  const found: Slots = new Map();
  for (const group of new Set([...a.keys(), ...b.keys()])) {
    const slots = new Set<number>();
    for (const slot of [...(a.get(group)?.keys() ?? []), ...(b.get(group)?.keys() ?? [])]) {
      const [left, right] = [amountIn(a.get(group), slot), amountIn(b.get(group), slot)];
      if (left.count !== right.count || left.bytes !== right.bytes || left.times !== right.times) slots.add(slot);
    }
    if (slots.size > 0) found.set(group, slots);
  }
  return found;
}

/** The slots, whatever their group, put together to spans of neighbours, none longer than `most` slots. */
export function spans(
  slots: Iterable<number>,
  { width, most }: Readonly<{ width: number; most: number }>,
): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const slot of [...new Set(slots)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last?.to === slot && slot - last.from < most * width) last.to = slot + width;
    else found.push({ from: slot, to: slot + width });
  }
  return found;
}
