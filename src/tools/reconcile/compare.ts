import { MINUTE_MS } from "../../core/spans.ts";
import {
  type Amount,
  type Amounts,
  add,
  amountIn,
  differing,
  groupOf,
  groupOfEntry,
  SECOND,
  type Slots,
  slotOf,
  spans,
  timeInMinute,
  timesOf,
} from "./amounts.ts";
import type { Message } from "./messages.ts";
import { batches, byName } from "./names.ts";
import type { Range } from "./range.ts";
import type { Beyond, Sides } from "./sides.ts";

export type Comparison = Readonly<{ kafka: Amounts; loki: Amounts }>;

const SPAN_SLOTS = 10_000;

const within = (range: Range, time: number) => range.from <= time && time < range.to;
const amountOf = ({ bytes, time }: Message): Amount => ({ count: 1, bytes, times: timeInMinute(time) });

/**
 * Compares minute by minute; where these differ, second by second; and names the entries of the seconds that differ.
 * Returns the amounts of all minutes.
 */
export async function compare(sides: Sides, range: Range): Promise<Comparison> {
  const kafka: Amounts = new Map();
  await sides.messages("counting", (message) => {
    const { time } = message;
    sides.seen?.(message);
    if (within(range, time))
      add(kafka, amountOf(message), { group: groupOfEntry(message.entry()), slot: slotOf(time, MINUTE_MS) });
  });
  const loki = await sides.amounts(range, MINUTE_MS);
  const minutes = await withoutForgotten(sides, differing(kafka, loki), { kafka, loki });
  if (minutes.size > 0) await bySecond(sides, minutes);
  return { kafka, loki };
}

/** Takes out the slots in which only Loki has lines and Kafka has deleted messages: nothing can be compared there. */
async function withoutForgotten(sides: Sides, slots: Slots, { kafka, loki }: Comparison): Promise<Slots> {
  const beyond: Beyond[] = [];
  const left: Slots = new Map();
  for (const [group, times] of slots) {
    const { job } = groupOf(group);
    const kept = new Set<number>();
    for (const time of times) {
      if (amountIn(kafka.get(group), time).count > 0) kept.add(time);
      else
        beyond.push({
          group,
          time,
          count: amountIn(loki.get(group), time).count,
          kind: sides.hasForgotten(job) ? "forgotten" : "unknown",
        });
    }
    if (kept.size > 0) left.set(group, kept);
  }
  if (beyond.length > 0) await sides.found({ findings: [], beyond });
  return left;
}

async function bySecond(sides: Sides, minutes: Slots): Promise<void> {
  const kafka: Amounts = new Map();
  const times = timesOf(minutes);
  await sides.messages("looking closer", (message) => {
    const { time } = message;
    if (!times.has(slotOf(time, MINUTE_MS))) return;
    const group = groupOfEntry(message.entry());
    if (minutes.get(group)?.has(slotOf(time, MINUTE_MS)))
      add(kafka, amountOf(message), { group, slot: slotOf(time, SECOND) });
  });
  const loki: Amounts = new Map();
  for (const span of spans(times, { width: MINUTE_MS, most: (SPAN_SLOTS * SECOND) / MINUTE_MS }))
    for (const [group, slots] of await sides.amounts(span, SECOND))
      for (const [slot, amount] of slots)
        if (minutes.get(group)?.has(slotOf(slot, MINUTE_MS))) add(loki, amount, { group, slot });
  const seconds = await withoutForgotten(sides, differing(kafka, loki), { kafka, loki });
  for (const batch of batches(seconds, kafka)) await byName(sides, batch, { loki });
}
