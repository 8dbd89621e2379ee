import type { Query } from "../ast.ts";
import { LogqlError } from "../errors.ts";
import { checkRange, evaluateInstant, evaluateRange } from "../evaluate/evaluate.ts";
import { evaluateLogs } from "../evaluate/logs.ts";
import { parse } from "../parse/parse.ts";
import { print } from "../print.ts";
import type { Streams } from "../streams.ts";
import { type Answer, data, Refusal, types } from "./answer.ts";
import { limits } from "./limits.ts";
import { directionOf, hours, limitOf, type Moment, momentOf, spanOf, stepOf } from "./parameters.ts";
import { instantAnswer, linesAnswer, matrixAnswer } from "./results.ts";

/** What a query is asked of: a tenant's streams, with the parameters of its request. */
export type Asked = Readonly<{ parameters: URLSearchParams; streams: Streams; now: Moment; categorize: boolean }>;

const defaultLimit = 100;

function queryOf(parameters: URLSearchParams): Query {
  const text = parameters.get("query") ?? "";
  if (text === "") throw new Refusal("parse error : syntax error: unexpected $end");
  return parse(text);
}

/** `query`: the value of a metric query at one moment. */
export function instantQuery({ parameters, streams, now }: Asked): Answer {
  const at = Number((momentOf(parameters, "time") ?? now) - streams.origin);
  limitOf(parameters, defaultLimit);
  const instant = evaluateInstant(queryOf(parameters), streams, { at });
  checkSeries(instant.type === "vector" ? instant.result.length : 1);
  return instantAnswer(instant, { origin: streams.origin, at });
}

/** `query_range`: the values of a metric query over a span, or the lines of a log query. */
export function rangeQuery(asked: Asked): Answer {
  const { parameters, streams, now } = asked;
  const { origin } = streams;
  const span = spanOf(parameters, { now, since: hours(1) });
  const step = stepOf(parameters, span);
  const [start, end] = [Number(span.start - origin), Number(span.end - origin)];
  checkRange({ start, end, step });
  const limit = limitOf(parameters, defaultLimit);
  const direction = directionOf(parameters);
  const query = queryOf(parameters);
  if (query.kind !== "logs") {
    const matrix = evaluateRange(query, streams, { start, end, step });
    checkSeries(matrix.result.length);
    return matrixAnswer(matrix, origin);
  }
  if (limit > limits.entries)
    throw new Refusal(
      `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${limits.entries})`,
    );
  const lines = evaluateLogs(query, streams, { start, end, limit, direction });
  return linesAnswer(lines, { origin, categorize: asked.categorize });
}

function checkSeries(count: number): void {
  if (count > limits.series)
    throw new Refusal(
      `maximum number of series (${limits.series}) reached for a single query: ask for fewer, or sum them up`,
    );
}

/** `format_query`: a query as it should be written. */
export function formatQuery(parameters: URLSearchParams): Answer {
  try {
    return { ...data({ status: "success", data: print(queryOf(parameters)) }), type: types.json };
  } catch (error) {
    if (!(error instanceof LogqlError || error instanceof Refusal)) throw error;
    return { ...data({ status: "invalid-query", error: error.message }), status: 400, type: types.json };
  }
}
