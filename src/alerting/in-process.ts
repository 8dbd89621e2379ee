import { UserError } from "../core/errors.ts";
import { kept } from "../core/kept.ts";
import type { Query } from "../logql/ast.ts";
import { EvaluationError, LogqlError } from "../logql/errors.ts";
import { evaluateInstant, evaluateRange } from "../logql/evaluate/evaluate.ts";
import { evaluateLogs } from "../logql/evaluate/logs.ts";
import { parse } from "../logql/parse/parse.ts";
import { type Entry, type Streams, streamsSince1970 } from "../logql/streams.ts";
import { givesLines, type Store, type Stores } from "./store.ts";
import { labelKey, type Series, series } from "./values.ts";

const MOST_LINES = 5000;
/** A query is parsed once, however often it is asked. */
const parseOnce = kept(500, (expr) => parse(expr));

/** Runs one question; what Loki would refuse is a fault of the query. */
function answered<T>(expr: string, ask: (query: Query) => T): T {
  try {
    return ask(parseOnce(expr));
  } catch (error) {
    if (!(error instanceof LogqlError || error instanceof EvaluationError)) throw error;
    throw new UserError(`Loki would answer 400: ${error.message.replace(/\s+/g, " ")}`, { cause: error });
  }
}

/** A store of streams that are in this process's memory already. */
export function storeOver(held: Streams): Store {
  const origin = Number(held.origin / 1000n) / 1e6;
  const nanoseconds = (time: number) => Math.round((time - origin) * 1e6) * 1000;
  const milliseconds = (time: number) => Math.round(origin * 1000 + time / 1e6);
  return {
    queryAt: async (expr, time) =>
      answered(expr, (query) => {
        if (query.kind === "logs") throw givesLines(expr);
        const answer = evaluateInstant(query, held, { at: nanoseconds(time) });
        const at = Math.round(time * 1000);
        return answer.type === "scalar"
          ? [series({}, [[at, answer.value]])]
          : answer.result.map(({ labels, value }) => series(labels, [[at, value]]));
      }),
    queryRange: async (expr, { start, end, step }) =>
      answered(expr, (query): Series[] => {
        if (query.kind === "logs") throw givesLines(expr);
        const range = { start: nanoseconds(start), end: nanoseconds(end), step: step * 1e9 };
        const inMilliseconds = ([time, value]: readonly [number, number]) => [milliseconds(time), value] as const;
        const { result } = evaluateRange(query, held, range);
        return result.map(({ labels, points }) => series(labels, points.map(inMilliseconds)));
      }),
    queryLines: async (expr, { start, end }) =>
      answered(expr, (query) => {
        if (query.kind !== "logs") throw new UserError(`the query gives numbers, not lines: ${expr}`);
        const range = { start: nanoseconds(start), end: nanoseconds(end), limit: MOST_LINES };
        const lines = evaluateLogs(query, held, { ...range, direction: "backward" });
        return lines.map(({ labels, time, line }) =>
          JSON.stringify([labelKey(labels), `${held.origin + BigInt(time)}`, line]),
        );
      }),
  };
}

/** Stores in this process: any history, at once, without a server. */
export const inProcess: Stores = {
  recent: false,
  async hold(streams) {
    const inMilliseconds = ([time, line]: Entry): Entry => [time * 1000, line];
    const parts = streams.map(({ labels, entries }) => ({ labels, entries: entries.map(inMilliseconds) }));
    return storeOver(streamsSince1970(parts));
  },
};
