import { parseDuration } from "../../core/durations.ts";
import { askLoki, jsonOf, type LokiAddress, type Request, resultOf, textFrom } from "../../core/loki.ts";
import { byText } from "../../core/order.ts";
import { type Labels, type Limits, type Line, type Logs, nanoseconds, type Reach, type Sample } from "./logs.ts";

const PATIENCE_MS = 300_000;
/** Loki's own defaults, for versions that do not tell. */
const DEFAULTS: Limits = { longestQuery: 721 * 3600, mostLines: 5000 };

const asking = (parameters: Record<string, string>): Request => ({
  parameters,
  patienceMs: PATIENCE_MS,
  init: { headers: { "Accept-Encoding": "identity" } },
  wayOut: "its log says why, a shorter period asks less of it",
});

const data = async <T extends readonly unknown[]>(
  loki: LokiAddress,
  path: string,
  parameters: Record<string, string>,
): Promise<T> => resultOf(loki, await textFrom(loki, path, asking(parameters)));

type Limited = { limits?: { max_query_length?: string; max_entries_limit_per_query?: number } };
/** Asks Loki for its limits; its defaults where it does not say. */
async function limitsOf(loki: LokiAddress): Promise<Limits> {
  const { status, text } = await askLoki(loki, "/loki/api/v1/drilldown-limits", asking({}));
  if (status !== 200) return DEFAULTS;
  const { max_query_length: length, max_entries_limit_per_query: lines } = jsonOf<Limited>(loki, text).limits ?? {};
  return {
    longestQuery: length === undefined ? DEFAULTS.longestQuery : parseDuration(length) || Number.POSITIVE_INFINITY,
    mostLines: lines || DEFAULTS.mostLines,
  };
}

/** Loki's windows leave their start out and hold their end: a nanosecond earlier, both ends are as in a log query. */
const justBefore = (ms: number) => `${BigInt(nanoseconds(ms)) - 1n}`;

async function samplesAt(loki: LokiAddress, expr: string, { end }: Pick<Reach, "end">): Promise<readonly Sample[]> {
  const result = await data<{ metric: Labels; value: [number, string] }[]>(loki, "/loki/api/v1/query", {
    query: expr,
    time: justBefore(end),
  });
  return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

type Streams = { stream: Labels; values: [string, string][] }[];

async function linesAfter(loki: LokiAddress, expr: string, { after, end, limit }: Reach): Promise<readonly Line[]> {
  const parameters = { query: expr, start: `${after}`, end: nanoseconds(end), limit: `${limit}`, direction: "forward" };
  const streams = await data<Streams>(loki, "/loki/api/v1/query_range", parameters);
  const lines = streams.flatMap(({ stream, values }) =>
    values.map(([time, text]): Line => ({ labels: stream, time, text })),
  );
  return lines.sort((a, b) => byText(a.time, b.time));
}

/** Answers from a running Loki, within its own limits. */
export async function runningLoki(loki: LokiAddress): Promise<Logs> {
  return {
    limits: await limitsOf(loki),
    samplesAt: (expr, end) => samplesAt(loki, expr, { end }),
    linesAfter: (expr, reach) => linesAfter(loki, expr, reach),
  };
}
