import type { Evaluation } from "../../../alerting/judge.ts";
import type { State } from "../../../alerting/states.ts";
import type { Labels } from "../../../alerting/values.ts";
import { inTime } from "../../../core/durations.ts";
import { sortedBy } from "../../../core/order.ts";
import { nameOf } from "../../../view/timeline-rows.ts";

/** From a moment (seconds after the first evaluation) to its end; without `to`, to the end of the scenario. */
export type Episode = Readonly<{ from: number; to?: number }>;
const KINDS = { Alerting: "fires", Recovering: "fires", Error: "error", NoData: "no data" } as const;
/** What somebody is told of; pending and normal tell nobody. */
export type Kind = (typeof KINDS)[keyof typeof KINDS];
/** What a rule told of its instances, by their labels and the kind: each with its episodes. */
export type InstanceEpisodes = ReadonlyMap<
  string,
  Readonly<{ instance: string; kind: Kind; episodes: readonly Episode[] }>
>;

const kindOf = (state: State): Kind | undefined =>
  Object.hasOwn(KINDS, state) ? KINDS[state as keyof typeof KINDS] : undefined;
/** Empty for a query without data or with an error, too. */
const instanceOf = (labels: Labels): string => (labels.datasource_uid === undefined ? nameOf(labels, "") : "");

/** The episodes of every instance; an evaluation that says nothing of an instance leaves it as it was. */
export function episodesOf(evaluations: readonly Evaluation[]): InstanceEpisodes {
  const current = new Map<string, Kind | undefined>();
  const found = new Map<string, { instance: string; kind: Kind; episodes: Episode[] }>();
  for (const { at, states } of evaluations)
    for (const [key, { state, labels }] of states) {
      const [before, now] = [current.get(key), kindOf(state)];
      if (before === now) continue;
      current.set(key, now);
      const over = before && found.get(`${before} ${key}`)?.episodes;
      over?.push({ ...over.pop()!, to: at });
      if (!now) continue;
      const id = `${now} ${key}`;
      if (!found.has(id)) found.set(id, { instance: instanceOf(labels), kind: now, episodes: [] });
      found.get(id)!.episodes.push({ from: at });
    }
  return found;
}

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
