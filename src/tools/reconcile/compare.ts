import {
  type Amount,
  type Amounts,
  add,
  amountIn,
  differing,
  type Group,
  groupOf,
  groupOfEntry,
  nothing,
  plus,
  type Slots,
  slotOf,
  spans,
  timeInMinute,
} from "./amounts.ts";
import { type Excuse, type Finding, judge, type Place, type Placed } from "./entries.ts";
import type { Message } from "./messages.ts";
import { MINUTE, type Range } from "./range.ts";

/**
 * The two sides. `messages` reads all that Kafka holds (up to offsets fixed before), as often as called.
 * `reading` names the pass.
 */
export type Sides = Readonly<{
  messages(reading: string, each: (message: Message) => void): Promise<void>;
  excuse(place: Place): Excuse | undefined;
  /** Whether Kafka has deleted messages of a job: lines that it lacks may be older than it. */
  hasForgotten(job: string): boolean;
  amounts(range: Range, width: number): Promise<Amounts>;
  entries(group: Group, range: Range): Promise<Map<string, number>>;
  /** Gets every message once. */
  seen?(message: Message): void;
  /** Takes what differs, a batch at a time. */
  found(difference: Difference): Promise<void>;
}>;

/** Lines that Loki has beyond the messages: `unknown`, or `forgotten` by Kafka. */
type Beyond = Readonly<{ group: string; time: number; count: number; kind: "unknown" | "forgotten" }>;
export type Difference = Readonly<{ findings: readonly Finding[]; beyond: readonly Beyond[] }>;
export type Comparison = Readonly<{ kafka: Amounts; loki: Amounts }>;

const SECOND = 1000;
/** How much is compared by name at a time, whatever the amount of differences. */
const BATCH = { count: 50_000, bytes: 32_000_000 };
/** How many lines are asked of Loki at a time. */
const ASKED = { count: 2000, bytes: 2_000_000 };
const fits = ({ count, bytes }: Amount, most: typeof BATCH) => count <= most.count && bytes <= most.bytes;
const SPAN_SLOTS = 10_000;

const within = (range: Range, time: number) => range.from <= time && time < range.to;
const amountOf = ({ bytes, time }: Message): Amount => ({ count: 1, bytes, times: timeInMinute(time) });
const timesOf = (slots: Slots) => new Set([...slots.values()].flatMap((times) => [...times]));

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
      add(kafka, amountOf(message), { group: groupOfEntry(message.entry()), slot: slotOf(time, MINUTE) });
  });
  const loki = await sides.amounts(range, MINUTE);
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
    if (!times.has(slotOf(time, MINUTE))) return;
    const group = groupOfEntry(message.entry());
    if (minutes.get(group)?.has(slotOf(time, MINUTE)))
      add(kafka, amountOf(message), { group, slot: slotOf(time, SECOND) });
  });
  const loki: Amounts = new Map();
  for (const span of spans(times, { width: MINUTE, most: (SPAN_SLOTS * SECOND) / MINUTE }))
    for (const [group, slots] of await sides.amounts(span, SECOND))
      for (const [slot, amount] of slots)
        if (minutes.get(group)?.has(slotOf(slot, MINUTE))) add(loki, amount, { group, slot });
  const seconds = await withoutForgotten(sides, differing(kafka, loki), { kafka, loki });
  for (const batch of batches(seconds, kafka)) await byName(sides, batch, { loki });
}

/** The slots in parts whose messages fit into memory together. */
function* batches(slots: Slots, amounts: Amounts): Generator<Slots> {
  let part: Slots = new Map();
  let sum = nothing;
  for (const [group, times] of slots)
    for (const time of [...times].sort((a, b) => a - b)) {
      const amount = amountIn(amounts.get(group), time);
      if (part.size > 0 && !fits(plus(sum, amount), BATCH)) {
        yield part;
        [part, sum] = [new Map(), nothing];
      }
      part.set(group, (part.get(group) ?? new Set()).add(time));
      sum = plus(sum, amount);
    }
  if (part.size > 0) yield part;
}

async function byName(sides: Sides, slots: Slots, { loki }: Pick<Comparison, "loki">): Promise<void> {
  const messages = new Map<string, Placed[]>();
  const times = timesOf(slots);
  await sides.messages("naming", ({ time, place, ...message }) => {
    if (!times.has(slotOf(time, SECOND))) return;
    const entry = message.entry();
    const group = groupOfEntry(entry);
    if (!slots.get(group)?.has(slotOf(time, SECOND))) return;
    const same = messages.get(group);
    if (same) same.push({ entry, place });
    else messages.set(group, [{ entry, place }]);
  });
  for (const [group, times] of slots) {
    const expected = new Map([...times].map((time) => [time, amountIn(loki.get(group), time)]));
    const entries = await entriesOf(expected, (range) => sides.entries(groupOf(group), range));
    const { findings, unknown } = judge(messages.get(group) ?? [], { counted: entries, excuse: sides.excuse });
    const kind = sides.hasForgotten(groupOf(group).job) ? "forgotten" : "unknown";
    await sides.found({ findings, beyond: unknown.map((lines) => ({ ...lines, group, kind })) });
  }
}

type Entries = Map<string, number>;
/** The entries of the seconds that have some, asked for in few ranges. */
async function entriesOf(
  amounts: ReadonlyMap<number, Amount>,
  entries: (range: Range) => Promise<Entries>,
): Promise<Entries> {
  const found: Entries = new Map();
  const ask = async (range: Range) => {
    for (const [key, count] of await entries(range)) found.set(key, count);
  };
  let part: (Range & { amount: Amount }) | undefined;
  for (const [time, amount] of [...amounts].sort(([a], [b]) => a - b)) {
    if (amount.count === 0) continue;
    const more = part?.to === time ? plus(part.amount, amount) : undefined;
    if (part && more && fits(more, ASKED)) {
      part = { from: part.from, to: time + SECOND, amount: more };
      continue;
    }
    if (part) await ask(part);
    part = { from: time, to: time + SECOND, amount };
  }
  if (part) await ask(part);
  return found;
}
