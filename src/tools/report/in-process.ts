import type { Query } from "../../logql/ast.ts";
import { evaluateInstant } from "../../logql/evaluate/evaluate.ts";
import { evaluateLogs } from "../../logql/evaluate/logs.ts";
import { parse } from "../../logql/parse/parse.ts";
import type { Streams } from "../../logql/streams.ts";
import type { Logs } from "./logs.ts";

/** Nothing is too long or too much for what is in memory. */
const limits = { longestQuery: Number.POSITIVE_INFINITY, mostLines: Number.POSITIVE_INFINITY };
const HALF_MS = 500_000;

function logQuery(query: Query) {
  if (query.kind !== "logs") throw new TypeError("a metric gives no lines");
  return query;
}

/** Answers from lines in this process, whose times are whole milliseconds. */
export function inProcess(streams: Streams): Logs {
  const { origin } = streams;
  const after = (ms: number) => Number(BigInt(ms) * 1_000_000n - origin);
  return {
    limits,
    samplesAt: async (expr, end) => {
      // Windows leave their start out and hold their end: half a millisecond earlier, both ends are as in a log query.
      // Less would be lost where numbers of nanoseconds are no longer exact.
      const answer = evaluateInstant(parse(expr), streams, { at: after(end) - HALF_MS });
      return answer.type === "scalar" ? [{ labels: {}, value: answer.value }] : answer.result;
    },
    linesAfter: async (expr, { after: start, end, limit }) => {
      const range = { start: Number(start - origin), end: after(end), limit, direction: "forward" } as const;
      return evaluateLogs(logQuery(parse(expr)), streams, range).map(({ labels, time, line }) => ({
        labels,
        time: `${origin + BigInt(time)}`,
        text: line,
      }));
    },
  };
}
