import type { Labels } from "../evaluate/labels.ts";

/** A line and its time in nanoseconds after the store's origin, with what its sender says about it beside the line. */
export type PushedEntry = Readonly<{ time: number; line: string; bytes: number; metadata?: Labels }>;
/** Lines of one stream, whose labels are still text: `{a="b"}`. */
export type PushedStream = Readonly<{ labels: string; entries: readonly PushedEntry[] }>;
/** Seconds since 1970 from which a store's times count. */
export type Origin = number;

export const nanosecondsAfter = (
  origin: Origin,
  { seconds, nanos }: Readonly<{ seconds: number; nanos: number }>,
): number => (seconds - origin) * 1e9 + nanos;
