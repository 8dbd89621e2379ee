import { sortedBy } from "../../../core/order.ts";
import { inTime } from "../words.ts";
import type { Episode, Kind, Told } from "./episodes.ts";

/** What an instance does otherwise, in words that other scenarios share, and when. */
export type Difference = Readonly<{ instance: string; what: string; when: string }>;

const VERBS: Readonly<Record<Kind, Readonly<Record<"was" | "is" | "wasNot" | "isNot" | "stops", string>>>> = {
  fires: { was: "fired", is: "fires", wasNot: "stayed quiet", isNot: "stays quiet", stops: "stops firing" },
  error: {
    was: "told of an error",
    is: "tells of an error",
    wasNot: "told of no error",
    isNot: "tells of none",
    stops: "stops telling of an error",
  },
  "no data": {
    was: "told of missing data",
    is: "tells of missing data",
    wasNot: "told of none",
    isNot: "tells of none",
    stops: "stops telling of missing data",
  },
};

/** A moment as scenarios write it: `90s`, `75m`, `2h15m`. */
export function moment(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds}s`;
  const minutes = seconds / 60;
  if (minutes < 120) return `${minutes}m`;
  return `${Math.floor(minutes / 60)}h${minutes % 60 === 0 ? "" : `${minutes % 60}m`}`;
}
const span = ({ from, to }: Episode) => (to === undefined ? `from ${moment(from)}` : `${moment(from)}–${moment(to)}`);
const spans = (episodes: readonly Episode[]) =>
  episodes.length > 2 ? `${episodes.length} times, first ${span(episodes[0]!)}` : episodes.map(span).join(" and ");
const starts = (episodes: readonly Episode[]) =>
  episodes.length > 2
    ? `${episodes.length} times, first at ${moment(episodes[0]!.from)}`
    : `at ${episodes.map(({ from }) => moment(from)).join(" and ")}`;
const ends = (to: number | undefined) => (to === undefined ? "not by the end" : moment(to));

/** The one amount by which all pairs are apart, if there is one. */
const shift = (pairs: readonly (readonly [number | undefined, number | undefined])[]): number | undefined => {
  const amounts = pairs.map(([before, after]) =>
    before === after ? 0 : before === undefined || after === undefined ? undefined : after - before,
  );
  return amounts.every((amount) => amount === amounts[0]) ? amounts[0] : undefined;
};
const amount = (seconds: number) => (seconds < 7200 ? inTime(seconds) : moment(seconds));
const later = (seconds: number) => `${amount(Math.abs(seconds))} ${seconds > 0 ? "later" : "earlier"}`;

function difference(
  kind: Kind,
  before: readonly Episode[],
  after: readonly Episode[],
): Omit<Difference, "instance"> | undefined {
  const { was, is, wasNot, isNot, stops } = VERBS[kind];
  if (before.length === 0) return { what: `${wasNot} → ${is}`, when: starts(after) };
  if (after.length === 0) return { what: `${was} → ${isNot}`, when: starts(before) };
  const other = { what: `${is} at other times`, when: `${spans(before)} → ${spans(after)}` };
  if (before.length !== after.length) return other;
  const start = shift(before.map(({ from }, index) => [from, after[index]!.from]));
  const end = shift(before.map(({ to }, index) => [to, after[index]!.to]));
  const [one, next] = [before[0]!, after[0]!];
  if (start === 0 && end === 0) return undefined;
  if (start !== undefined && end === 0)
    return { what: `${is} ${later(start)}`, when: `${moment(one.from)} → ${moment(next.from)}` };
  if (start === 0 && end !== undefined)
    return { what: `${stops} ${later(end)}`, when: `${ends(one.to)} → ${ends(next.to)}` };
  if (start === 0 && before.length === 1)
    return {
      what: `${stops} ${next.to === undefined ? "later" : "earlier"}`,
      when: `${ends(one.to)} → ${ends(next.to)}`,
    };
  return other;
}

/** How two rules differ on one scenario: what is told of each instance, and when. */
export const differences = (before: Told, after: Told): readonly Difference[] =>
  sortedBy([...new Map([...before, ...after])], ([key]) => key).flatMap(([key, { instance, kind }]) => {
    const found = difference(kind, before.get(key)?.episodes ?? [], after.get(key)?.episodes ?? []);
    return found ? [{ instance, ...found }] : [];
  });
