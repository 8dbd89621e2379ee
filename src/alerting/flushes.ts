import type { InstanceLine, RuleLine } from "./timeline.ts";

/** When the mails of a group of alerts go, in seconds; `tellsEnds`: whether its receiver is told of what has ended. */
export type Delivery = Readonly<{ wait: number; interval: number; repeat: number; tellsEnds: boolean }>;
/** An instance that no longer fires, since when it did and until when. */
type Ended = Readonly<{ line: InstanceLine; started: number; ended: number }>;
/** A flush that makes a mail: why it tells, which instances fire, and which ended since the last flush. */
export type Flush = Readonly<{
  at: number;
  index: number;
  why: "new" | "ended" | "repeat";
  firing: readonly InstanceLine[];
  resolved: readonly Ended[];
}>;

/** Whether an instance fires at an evaluation. */
export const fires = ({ states }: InstanceLine, index: number): boolean =>
  states[index] === "Alerting" || states[index] === "Recovering";

/**
 * The flushes of a group that make a mail, as the Alertmanager decides it: after the wait, then at its interval,
 * when something new fires or has ended, or when the repeat interval has passed.
 */
export function flushes({ moments, instances }: RuleLine, delivery: Delivery): readonly Flush[] {
  const { wait, interval, repeat, tellsEnds } = delivery;
  const found: Flush[] = [];
  let next: number | undefined;
  let lastSent: { at: number; firing: Set<InstanceLine> } | undefined;
  let ended = new Map<InstanceLine, { started: number; ended: number }>();
  const reason = ({ at, firing, resolved }: Pick<Flush, "at" | "firing" | "resolved">): Flush["why"] | undefined => {
    if (firing.some((line) => !lastSent?.firing.has(line))) return "new";
    if (tellsEnds && resolved.some(({ line }) => lastSent?.firing.has(line))) return "ended";
    return lastSent !== undefined && firing.length > 0 && at - lastSent.at >= repeat ? "repeat" : undefined;
  };
  const flush = (at: number, index: number) => {
    const firing = instances.filter((line) => fires(line, index));
    const resolved = [...ended].filter(([line]) => !firing.includes(line)).map(([line, times]) => ({ line, ...times }));
    const why = reason({ at, firing, resolved });
    if (why) {
      found.push({ at, index, why, firing, resolved: tellsEnds ? resolved : [] });
      lastSent = { at, firing: new Set(firing) };
    }
    ended = new Map();
    if (firing.length === 0) [next, lastSent] = [undefined, undefined];
    else next = at + interval;
  };
  for (const [index, now] of moments.entries()) {
    while (next !== undefined && next < now) flush(next, index - 1);
    for (const line of instances) {
      if (fires(line, index)) ended.delete(line);
      else if (index > 0 && fires(line, index - 1)) ended.set(line, { started: line.since[index - 1]!, ended: now });
    }
    if (next === undefined && instances.some((line) => fires(line, index))) next = now + wait;
  }
  return found;
}
