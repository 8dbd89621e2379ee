import type { Labels } from "../../logql/evaluate/labels.ts";
/** The limits of a query: its longest range, in seconds (`Infinity` for none), and the most lines of an answer. */
export type Limits = Readonly<{ longestQuery: number; mostLines: number }>;
export type { Labels };
export type Sample = Readonly<{ labels: Labels; value: number }>;
/** A line, and its time in nanoseconds as 19 digits. */
export type Line = Readonly<{ labels: Labels; time: string; text: string }>;
/** From just after one moment (ns) to before another (ms), at most so many lines. */
export type Reach = Readonly<{ after: bigint; end: number; limit: number }>;

/** Lines that answer LogQL: those of a running Loki, or those in memory. */
export type Logs = Readonly<{
  limits: Limits;
  /** The series of a metric at the end of a window (ms) that the end does not belong to. */
  samplesAt: (expr: string, end: number) => Promise<readonly Sample[]>;
  /** The first lines within reach, oldest first; one right at `after` may be among them. */
  linesAfter: (expr: string, reach: Reach) => Promise<readonly Line[]>;
}>;

/** Milliseconds of a line's time, without what 19 digits would lose as one number. */
export const milliseconds = (time: string): number => Number(time.slice(0, -6)) + Number(time.slice(-6)) / 1e6;
/** A moment (ms) as lines have it. */
export const nanoseconds = (ms: number): string => `${ms}000000`;
