import { inTime } from "../../../core/durations.ts";
import { sortedBy } from "../../../core/order.ts";
import type { Episode, InstanceEpisodes, Kind } from "./episodes.ts";

/** What an instance does otherwise, in words that other scenarios share, and when. */
export type Difference = Readonly<{ instance: string; what: string; when: string }>;

type Verbs = readonly [was: string, is: string, wasNot: string, isNot: string, stops: string];
const about = (what: string, none: string): Verbs => [
  `told of ${what}`,
  `tells of ${what}`,
  `told of ${none}`,
  "tells of none",
  `stops telling of ${what}`,
];
const VERBS: Readonly<Record<Kind, Verbs>> = {
  fires: ["fired", "fires", "stayed quiet", "stays quiet", "stops firing"],
  error: about("an error", "no error"),
  "no data": about("missing data", "none"),
};

/** A moment as scenarios write it, so that it can be found there: `90s`, `75m`, `2h15m`. */
export function moment(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds}s`;
  const minutes = seconds / 60;
  if (minutes < 120) return `${minutes}m`;
  return `${Math.floor(minutes / 60)}h${minutes % 60 === 0 ? "" : `${minutes % 60}m`}`;
}
const start = ({ from }: Episode) => moment(from);
const span = ({ from, to }: Episode) => (to === undefined ? `from ${moment(from)}` : `${moment(from)}–${moment(to)}`);
const end = ({ to }: Episode) => (to === undefined ? "not by the end" : moment(to));
const each = (episodes: readonly Episode[], say: typeof span, { at = "" } = {}) =>
  episodes.length > 2
    ? `${episodes.length} times, first ${at}${say(episodes[0]!)}`
    : `${at}${episodes.map(say).join(" and ")}`;

type Episodes = Readonly<{ before: readonly Episode[]; after: readonly Episode[] }>;
/** The one amount by which all starts or ends are apart, if there is one. */
function shift({ before, after }: Episodes, key: "from" | "to"): number | undefined {
  const [amount, ...others] = before.map((one, index) => {
    const [old, next] = [one[key], after[index]?.[key]];
    return old === next ? 0 : Number(next) - Number(old);
  });
  return Number.isNaN(amount) || others.some((other) => other !== amount) ? undefined : amount;
}
const later = (seconds: number) => {
  const amount = Math.abs(seconds);
  const span = amount < 7200 ? inTime(amount) : moment(amount);
  return seconds > 0 ? `${span} later` : `${span} earlier`;
};

function difference(kind: Kind, { before, after }: Episodes): Omit<Difference, "instance"> | undefined {
  const [was, is, wasNot, isNot, stops] = VERBS[kind];
  const [one, next] = [before[0], after[0]];
  if (!one) return { what: `${wasNot} → ${is}`, when: each(after, start, { at: "at " }) };
  if (!next) return { what: `${was} → ${isNot}`, when: each(before, start, { at: "at " }) };
  const [starts, ends] = [shift({ before, after }, "from"), shift({ before, after }, "to")];
  const isSame = before.length === after.length;
  if (isSame && starts === 0 && ends === 0) return undefined;
  if (isSame && starts !== undefined && ends === 0)
    return { what: `${is} ${later(starts)}`, when: `${start(one)} → ${start(next)}` };
  const stopped = `${end(one)} → ${end(next)}`;
  if (isSame && starts === 0 && ends) return { what: `${stops} ${later(ends)}`, when: stopped };
  if (isSame && starts === 0 && before.length === 1)
    return { what: `${stops} ${next.to === undefined ? "later" : "earlier"}`, when: stopped };
  return { what: `${is} at other times`, when: `${each(before, span)} → ${each(after, span)}` };
}

/** How two rules differ on one scenario: what is told of each instance, and when. */
export const differences = (before: InstanceEpisodes, after: InstanceEpisodes): readonly Difference[] =>
  sortedBy([...new Map([...before, ...after])], ([key]) => key).flatMap(([key, { instance, kind }]) => {
    const found = difference(kind, {
      before: before.get(key)?.episodes ?? [],
      after: after.get(key)?.episodes ?? [],
    });
    return found ? [{ instance, ...found }] : [];
  });
