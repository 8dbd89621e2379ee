import type { Config } from "../core/config/schema.ts";
import { parseDuration } from "../core/durations.ts";
import { collected } from "../core/kept.ts";
import type { Outage } from "./judge.ts";
import type { Stream } from "./store.ts";
import type { Labels } from "./values.ts";

/** A line and its stream, not yet at any moment. */
export type Message = Readonly<{ labels: Labels; line: string }>;
/** Lines and the seconds after the first evaluation at which they reach Loki. */
export type Arrivals = readonly Readonly<Message & { at: number }>[];

export const shownStates = {
  Pending: "pending",
  Alerting: "firing",
  Recovering: "recovering",
  NoData: "no data",
  Error: "error",
} as const;
/** Every instance that is not normal, by its source (`everything` for the one without), and its state. */
export type Expected = Readonly<Record<string, (typeof shownStates)[keyof typeof shownStates]>>;

/** What arrives, and what the rule says at given moments after the first evaluation (`12m`). */
export type Scenario = Readonly<{
  arrivals: readonly Arrivals[];
  expect: Readonly<Record<string, Expected>>;
  /** Another configuration than the shipped one, from which the rule is generated. */
  config?: Config;
  /** When Loki cannot be reached. */
  outage?: Readonly<{ from: string; to: string }>;
}>;

/** The lines as streams; equal lines of one moment stand a millisecond apart, since Loki would keep one of them. */
export function streamsOf(arrivals: Arrivals): Stream[] {
  const streams = collected<string, { labels: Labels; entries: [number, string][]; seen: Map<string, number> }>();
  for (const { at, labels, line } of arrivals) {
    const stream = streams.of(JSON.stringify(labels), () => ({ labels, entries: [], seen: new Map() }));
    const before = stream.seen.get(`${at} ${line}`) ?? 0;
    stream.seen.set(`${at} ${line}`, before + 1);
    stream.entries.push([at - before / 1000, line]);
  }
  return [...streams.all.values()].map(({ labels, entries }) => ({ labels, entries }));
}

export const outagesOf = ({ outage }: Scenario): Outage[] =>
  outage ? [{ from: parseDuration(outage.from), to: parseDuration(outage.to) }] : [];
