import { UserError } from "../../core/errors.ts";
import { type Line, type Logs, milliseconds, nanoseconds } from "./logs.ts";
import type { Window } from "./period.ts";

/**
 * All lines of a window (ms, its end not included) in order, page by page.
 * A page ends before its last moment, with which the next one begins, so that no line is lost or doubled.
 */
export async function* pages(
  logs: Logs,
  expr: string,
  { start, end, limit }: Window & Readonly<{ limit: number }>,
): AsyncGenerator<readonly Line[]> {
  for (let next = nanoseconds(start); ; ) {
    // Loki 3.7 passes over a chunk whose last line is at the very start of a query: ask from a nanosecond earlier.
    const lines = await logs.linesAfter(expr, { after: BigInt(next) - 1n, end, limit });
    const own = lines.filter(({ time }) => time >= next);
    if (lines.length < limit) {
      yield own;
      return;
    }
    const last = lines.at(-1)!.time;
    if (last <= next)
      throw new UserError(
        `Loki holds ${limit} lines or more at one moment (${new Date(milliseconds(last)).toISOString()}), more than it gives in an answer; raise max_entries_limit_per_query in its limits_config.`,
      );
    yield own.filter(({ time }) => time < last);
    next = last;
  }
}
