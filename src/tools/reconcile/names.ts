import { collected } from "../../core/kept.ts";
import {
  type Amount,
  type Amounts,
  amountIn,
  groupOf,
  groupOfEntry,
  nothing,
  plus,
  SECOND,
  type Slots,
  slotOf,
  timesOf,
} from "./amounts.ts";
import { judge, type Placed } from "./entries.ts";
import type { Range } from "./range.ts";
import type { Sides } from "./sides.ts";

/** How much is compared by name at a time, whatever the amount of differences. */
const BATCH = { count: 50_000, bytes: 32_000_000 };
/** How many lines are asked of Loki at a time. */
const ASKED = { count: 2000, bytes: 2_000_000 };
const fits = ({ count, bytes }: Amount, most: typeof BATCH) => count <= most.count && bytes <= most.bytes;

/** The slots in parts whose messages fit into memory together. */
export function* batches(slots: Slots, amounts: Amounts): Generator<Slots> {
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

/** Names what differs in these seconds. */
export async function byName(sides: Sides, slots: Slots, { loki }: Readonly<{ loki: Amounts }>): Promise<void> {
  const messages = collected<string, Placed[]>();
  const times = timesOf(slots);
  await sides.messages("naming", ({ time, place, ...message }) => {
    if (!times.has(slotOf(time, SECOND))) return;
    const entry = message.entry();
    const group = groupOfEntry(entry);
    if (!slots.get(group)?.has(slotOf(time, SECOND))) return;
    messages.of(group, () => []).push({ entry, place });
  });
  for (const [group, times] of slots) {
    const expected = new Map([...times].map((time) => [time, amountIn(loki.get(group), time)]));
    const entries = await entriesOf(expected, (range) => sides.entries(groupOf(group), range));
    const { findings, unknown } = judge(messages.all.get(group) ?? [], { counted: entries, excuse: sides.excuse });
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
  const parts: (Range & { amount: Amount })[] = [];
  for (const [from, amount] of [...amounts].sort(([a], [b]) => a - b)) {
    if (amount.count === 0) continue;
    const last = parts.at(-1);
    const more = last?.to === from ? plus(last.amount, amount) : undefined;
    if (last && more && fits(more, ASKED)) Object.assign(last, { to: from + SECOND, amount: more });
    else parts.push({ from, to: from + SECOND, amount });
  }
  const found: Entries = new Map();
  for (const part of parts) for (const [key, count] of await entries(part)) found.set(key, count);
  return found;
}
