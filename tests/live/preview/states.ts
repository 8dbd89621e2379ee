/**
 * What a rule's states must be, from what holds at each of its evaluations and with none of the code that judges rules.
 */
export type Held = ReadonlyMap<string, boolean>;
export type Stretch = Readonly<{ state: string; from: number; to: number }>;
type Clock = Readonly<{ from: number; to: number; every: number; hold: number }>;

const BEFORE = 24 * 3_600_000;

type Kept = { state: string; since: number; missed: number };

/** One evaluation of an instance: what holds is pending until it has held for long enough. */
function next(before: Kept | undefined, holds: boolean, { at, hold }: Readonly<{ at: number; hold: number }>): Kept {
  if (!holds) return { state: "Normal", since: at, missed: 0 };
  const since = before && before.state !== "Normal" ? before.since : at;
  return { state: at - since >= hold ? "Alerting" : "Pending", since, missed: 0 };
}

/**
 * Stretches of equal states of each instance; the evaluations begin a day before. An instance of which nothing is
 * said any more is kept for one evaluation where others are spoken of; where nothing is said at all, all end at once.
 */
export function stretchesOf(
  heldAt: (at: number) => Held,
  { from, to, every, hold }: Clock,
): ReadonlyMap<string, readonly Stretch[]> {
  const kept = new Map<string, Kept>();
  const found = new Map<string, Stretch[]>();
  for (let at = Math.ceil((from - BEFORE) / every) * every; at <= to; at += every) {
    const held = heldAt(at);
    for (const [name, one] of kept) {
      if (held.has(name)) continue;
      one.missed += 1;
      if (held.size === 0 || one.missed > 1) kept.delete(name);
    }
    for (const [name, holds] of held) kept.set(name, next(kept.get(name), holds, { at, hold }));
    for (const [name, { state }] of kept) {
      const [start, end] = [Math.max(from, at), Math.min(to, at + every)];
      if (at + every <= from) continue;
      const all = found.get(name) ?? [];
      found.set(name, all);
      const last = all.at(-1);
      if (last?.state === state && last.to === start) all[all.length - 1] = { ...last, to: end };
      else all.push({ state, from: start, to: end });
    }
  }
  return found;
}
