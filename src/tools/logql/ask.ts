import { UserError } from "../../core/errors.ts";
import { moment, stepOf, usualStep, when } from "../../core/moment.ts";
import type { Query } from "../../logql/ast.ts";
import { checkRange, evaluateInstant, evaluateRange } from "../../logql/evaluate/evaluate.ts";
import type { Labels } from "../../logql/evaluate/labels.ts";
import { evaluateLogs } from "../../logql/evaluate/logs.ts";
import { parse } from "../../logql/parse/parse.ts";
import { newestTime, type Streams } from "../../logql/streams.ts";
import { printFloat } from "../../logql/units.ts";

export type AskFlags = Readonly<{
  at?: string;
  start?: string;
  end?: string;
  step?: string;
  limit: number;
  direction: "forward" | "backward";
}>;
/** One row of an answer: labels, a moment (nanoseconds since 1970; none for a number) and a value or line. */
export type Row = Readonly<{ labels: Labels; time: bigint; text: string }>;
export type Reply = Readonly<{ type: "vector" | "scalar" | "matrix" | "streams"; rows: readonly Row[] }>;

const HOUR = 3_600_000_000_000n;

/** The newest entry's time, in nanoseconds since 1970. */
const newestOf = (streams: Streams): bigint => streams.origin + BigInt(Math.round(newestTime(streams) ?? 0));

/** Answers a query over streams; a moment that is not given is the newest entry's, a range the hour before it. */
export function ask(text: string, streams: Streams, flags: AskFlags): Reply {
  const query = parse(text);
  const givesRange = [flags.start, flags.end, flags.step].some((flag) => flag !== undefined);
  if (flags.at !== undefined && givesRange)
    throw new UserError("--at and --start, --end or --step were both given; ask at one moment or over a range.");
  const isRange = query.kind === "logs" || givesRange;
  if (query.kind === "logs" && flags.at !== undefined)
    throw new UserError("--at goes with metric queries; a log query takes --start and --end.");
  return isRange ? over(query, streams, flags) : atOnce(query, streams, flags);
}

function atOnce(query: Query, streams: Streams, { at }: AskFlags): Reply {
  const newest = newestOf(streams);
  const time = at === undefined ? newest : moment(at, { flag: "--at", now: BigInt(Date.now()) * 1_000_000n });
  const answer = evaluateInstant(query, streams, { at: Number(time - streams.origin) });
  const values = answer.type === "scalar" ? [{ labels: {}, value: answer.value }] : answer.result;
  return { type: answer.type, rows: values.map(({ labels, value }) => ({ labels, time, text: printFloat(value) })) };
}

function over(query: Query, streams: Streams, flags: AskFlags): Reply {
  const now = BigInt(Date.now()) * 1_000_000n;
  const newest = newestOf(streams);
  // A log query leaves out what stands exactly at its end.
  const last = query.kind === "logs" ? newest + 1n : newest;
  const end = flags.end === undefined ? last : moment(flags.end, { flag: "--end", now });
  const start = flags.start === undefined ? end - HOUR : moment(flags.start, { flag: "--start", now });
  if (start > end && flags.end !== undefined)
    throw new UserError("--start comes after --end; give the earlier moment first.");
  if (start > end)
    throw new UserError(
      `--start comes after the newest entry (${when(newest)}), where the range ends; give an earlier moment.`,
    );
  const relative = { start: Number(start - streams.origin), end: Number(end - streams.origin) };
  const sinceEpoch = (time: number) => streams.origin + BigInt(Math.round(time));
  if (query.kind === "logs") {
    const lines = evaluateLogs(query, streams, { ...relative, limit: flags.limit, direction: flags.direction });
    const rows = lines.map(({ labels, time, line }) => ({ labels, time: sinceEpoch(time), text: line }));
    return { type: "streams", rows };
  }
  const step = flags.step === undefined ? usualStep(relative.end - relative.start) : stepOf(flags.step);
  checkRange({ ...relative, step });
  const { result } = evaluateRange(query, streams, { ...relative, step });
  const rows = result.flatMap(({ labels, points }) =>
    points.map(([time, value]) => ({ labels, time: sinceEpoch(time), text: printFloat(value) })),
  );
  return { type: "matrix", rows };
}
