import { type Amount, type Amounts, add, amountIn, differing, type Group, groupKey, groupOf, has, type Slots, slotOf, spans } from "./amounts.ts";
import { type Finding, judge, type Place, type Placed } from "./entries.ts";
import type { Message } from "./messages.ts";
import { MINUTE, type Range } from "./range.ts";

/** The two sides. `messages` reads all that Kafka holds (up to offsets fixed before) and can be called again; `reading` names the pass. */
export type Sides = Readonly<{
  messages(reading: string, each: (message: Message) => void): Promise<void>;
  /** Whether the collector has yet to read a message. */
  isWaiting(place: Place): boolean;
  /** Whether Kafka has deleted messages of a job: lines that it lacks may be older than it. */
  hasForgotten(job: string): boolean;
  amounts(range: Range, width: number): Promise<Amounts>;
  entries(group: Group, range: Range): Promise<Map<string, number>>;
}>;

/** Lines that Loki has beyond the messages: `unknown`, or `forgotten` by Kafka. */
export type Beyond = Readonly<{ group: string; time: number; count: number; kind: "unknown" | "forgotten" }>;
export type Difference = Readonly<{ findings: readonly Finding[]; beyond: readonly Beyond[] }>;
export type Comparison = Readonly<{ kafka: Amounts; loki: Amounts }>;

const SECOND = 1000;
/** How much is compared by name at a time, whatever the amount of differences. */
const BATCH: Amount = { count: 100_000, bytes: 64_000_000 };
/** How many lines are asked of Loki at a time. */
const ASKED: Amount = { count: 2000, bytes: 2_000_000 };
const SPAN_SLOTS = 10_000;

const within = (range: Range, time: number) => range.from <= time && time < range.to;
const groupOfEntry = ({ entry: { labels } }: Placed) => groupKey({ job: labels.job ?? "", source: labels.source ?? "" });

/**
 * Compares minute by minute; where the minutes differ, second by second; and names the entries of the seconds that differ, a batch at a time,
 * to `found`. Returns the amounts of all minutes.
 */
export async function compare(
  sides: Sides,
  range: Range,
  found: (difference: Difference) => Promise<void>,
  seen: (message: Placed) => void,
): Promise<Comparison> {
  const kafka: Amounts = new Map();
  await sides.messages("counting", (message) => {
    seen(message);
    const { time } = message.entry;
    if (within(range, time)) add(kafka, groupOfEntry(message), slotOf(time, MINUTE), { count: 1, bytes: message.bytes });
  });
  const loki = await sides.amounts(range, MINUTE);
  const minutes = await withoutForgotten(sides, differing(kafka, loki), { kafka, loki }, found);
  if (minutes.size > 0) await bySecond(sides, minutes, found);
  return { kafka, loki };
}

/** Takes out the slots in which only Loki has lines, while Kafka has deleted messages: nothing can be compared there. */
async function withoutForgotten(sides: Sides, slots: Slots, { kafka, loki }: Comparison, found: (difference: Difference) => Promise<void>): Promise<Slots> {
  const beyond: Beyond[] = [];
  const left: Slots = new Map();
  for (const [group, times] of slots) {
    const { job } = groupOf(group);
    const kept = new Set<number>();
    for (const time of times) {
      if (amountIn(kafka, group, time).count > 0) kept.add(time);
      else beyond.push({ group, time, count: amountIn(loki, group, time).count, kind: sides.hasForgotten(job) ? "forgotten" : "unknown" });
    }
    if (kept.size > 0) left.set(group, kept);
  }
  if (beyond.length > 0) await found({ findings: [], beyond });
  return left;
}

async function bySecond(sides: Sides, minutes: Slots, found: (difference: Difference) => Promise<void>): Promise<void> {
  const kafka: Amounts = new Map();
  await sides.messages("looking closer", (message) => {
    const { time } = message.entry;
    const group = groupOfEntry(message);
    if (has(minutes, group, slotOf(time, MINUTE))) add(kafka, group, slotOf(time, SECOND), { count: 1, bytes: message.bytes });
  });
  const loki: Amounts = new Map();
  const all = [...minutes.values()].flatMap((times) => [...times]);
  for (const span of spans(all, MINUTE, (SPAN_SLOTS * SECOND) / MINUTE))
    for (const [group, slots] of await sides.amounts(span, SECOND))
      for (const [slot, amount] of slots) if (has(minutes, group, slotOf(slot, MINUTE))) add(loki, group, slot, amount);
  const seconds = await withoutForgotten(sides, differing(kafka, loki), { kafka, loki }, found);
  for (const batch of batches(seconds, kafka)) await byName(sides, batch, loki, found);
}

/** The slots in parts whose messages fit into memory together. */
function* batches(slots: Slots, amounts: Amounts): Generator<Slots> {
  let part: Slots = new Map();
  let sum: Amount = { count: 0, bytes: 0 };
  for (const [group, times] of slots)
    for (const time of [...times].sort((a, b) => a - b)) {
      const { count, bytes } = amountIn(amounts, group, time);
      if (part.size > 0 && (sum.count + count > BATCH.count || sum.bytes + bytes > BATCH.bytes)) {
        yield part;
        [part, sum] = [new Map(), { count: 0, bytes: 0 }];
      }
      part.set(group, (part.get(group) ?? new Set()).add(time));
      sum = { count: sum.count + count, bytes: sum.bytes + bytes };
    }
  if (part.size > 0) yield part;
}

async function byName(sides: Sides, slots: Slots, loki: Amounts, found: (difference: Difference) => Promise<void>): Promise<void> {
  const messages = new Map<string, Placed[]>();
  await sides.messages("naming", ({ entry, place }) => {
    const message = { entry, place };
    const group = groupOfEntry(message);
    if (!has(slots, group, slotOf(entry.time, SECOND))) return;
    const same = messages.get(group);
    if (same) same.push(message);
    else messages.set(group, [message]);
  });
  for (const [group, times] of slots) {
    const entries = await lokiEntriesOf(sides, group, times, loki);
    const { findings, unknown } = judge(messages.get(group) ?? [], entries, sides.isWaiting);
    const kind = sides.hasForgotten(groupOf(group).job) ? "forgotten" : "unknown";
    await found({ findings, beyond: unknown.map((lines) => ({ ...lines, group, kind })) });
  }
}

async function lokiEntriesOf(sides: Sides, group: string, times: ReadonlySet<number>, loki: Amounts): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const ask = async (range: Range) => {
    for (const [key, count] of await sides.entries(groupOf(group), range)) found.set(key, count);
  };
  let part: (Range & Amount) | undefined;
  for (const time of [...times].sort((a, b) => a - b)) {
    const { count, bytes } = amountIn(loki, group, time);
    if (count === 0) continue;
    if (part?.to === time && part.count + count <= ASKED.count && part.bytes + bytes <= ASKED.bytes) {
      part = { from: part.from, to: time + SECOND, count: part.count + count, bytes: part.bytes + bytes };
      continue;
    }
    if (part) await ask(part);
    part = { from: time, to: time + SECOND, count, bytes };
  }
  if (part) await ask(part);
  return found;
}
