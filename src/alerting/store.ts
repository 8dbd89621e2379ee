import { UserError } from "../core/errors.ts";
import type { Labels, Series } from "./values.ts";

/** Lines of one stream: seconds since 1970, and the line. */
export type Stream = Readonly<{ labels: Labels; entries: readonly (readonly [time: number, line: string])[] }>;
/** From `start` to `end`, in seconds since 1970. */
export type Between = Readonly<{ start: number; end: number }>;

/** Lines in a place that answers LogQL; times are seconds since 1970. A query that is refused throws a `UserError`. */
export type Store = Readonly<{
  /** The series at one moment. */
  queryAt: (expr: string, time: number) => Promise<readonly Series[]>;
  /** The series every `step` seconds; both ends are aligned to the step. */
  queryRange: (expr: string, range: Between & Readonly<{ step: number }>) => Promise<readonly Series[]>;
  /** The labels, time and text of every line, at most 5000. */
  queryLines: (expr: string, range: Between) => Promise<readonly string[]>;
}>;

/** What makes a store of lines: the engine in process, or a running Loki. */
export type Stores = Readonly<{
  /** Whether only lines of about now are answered, so that histories must be moved there. */
  recent: boolean;
  hold: (streams: readonly Stream[]) => Promise<Store>;
}>;

/** The refusal of a query of lines where numbers are asked for. */
export const givesLines = (expr: string): UserError =>
  new UserError(`the query gives lines, which no rule can judge; count them, as count_over_time does: ${expr}`);
