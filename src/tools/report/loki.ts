import { parseDuration } from "../../core/durations.ts";
import { UserError } from "../../core/errors.ts";
import { type Labels, type Limits, type Line, type Logs, nanoseconds, type Reach, type Sample } from "./logs.ts";

const PATIENCE_MS = 300_000;
/** Loki's own defaults, for versions that do not tell. */
const DEFAULTS: Limits = { longestQuery: 721 * 3600, mostLines: 5000 };

async function ask(
  url: string,
  path: string,
  parameters: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const query = new URLSearchParams(parameters);
  // Only some of Loki's addresses assume the one tenant of a Loki that has no others.
  const init = {
    headers: { "X-Scope-OrgID": "fake", "Accept-Encoding": "identity" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  try {
    const response = await fetch(`${url}${path}?${query}`, init);
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    const { cause: inner, name } = cause as Error & { cause?: { code?: string; message?: string } };
    const why =
      name === "TimeoutError"
        ? `nothing for ${PATIENCE_MS / 60_000} minutes`
        : (inner?.code ?? inner?.message ?? (cause as Error).message);
    if (inner?.code === "UND_ERR_SOCKET")
      throw new UserError(
        `Loki at ${url} closed the connection before it answered: it stopped, or took longer than its http_server_write_timeout (30 s unless set); try again when it is less busy, or ask for a shorter period.`,
        { cause },
      );
    throw new UserError(
      `Loki at ${url} does not answer (${why}); start it with npm start, or name another with --loki or LOKI_URL.`,
      { cause },
    );
  }
}

function parsed<T>(url: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new UserError(`${url} does not answer like a Loki; name another with --loki or LOKI_URL.`, { cause });
  }
}

async function data<T>(url: string, path: string, parameters: Record<string, string>): Promise<T> {
  const { status, text } = await ask(url, path, parameters);
  if (status !== 200)
    throw new UserError(
      `Loki at ${url} refused a query (${status}: ${text.trim().replace(/\s+/g, " ").slice(0, 300)}).`,
    );
  const answer = parsed<{ data?: { result?: T } }>(url, text).data?.result;
  if (!Array.isArray(answer))
    throw new UserError(`${url} does not answer like a Loki; name another with --loki or LOKI_URL.`);
  return answer;
}

/** Asks Loki for its limits; its defaults where it does not say. */
async function limitsOf(url: string): Promise<Limits> {
  const { status, text } = await ask(url, "/loki/api/v1/drilldown-limits", {});
  if (status !== 200) return DEFAULTS;
  const { limits } = parsed<{ limits?: { max_query_length?: string; max_entries_limit_per_query?: number } }>(
    url,
    text,
  );
  if (!limits) return DEFAULTS;
  const { max_query_length: length, max_entries_limit_per_query: lines } = limits;
  return {
    longestQuery: length === undefined ? DEFAULTS.longestQuery : parseDuration(length) || Number.POSITIVE_INFINITY,
    mostLines: lines === undefined ? DEFAULTS.mostLines : lines || DEFAULTS.mostLines,
  };
}

/** Loki's windows leave their start out and hold their end: a nanosecond earlier, both ends are as in a log query. */
const justBefore = (ms: number) => `${BigInt(nanoseconds(ms)) - 1n}`;

async function samplesAt(url: string, expr: string, end: number): Promise<readonly Sample[]> {
  const result = await data<{ metric: Labels; value: [number, string] }[]>(url, "/loki/api/v1/query", {
    query: expr,
    time: justBefore(end),
  });
  return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

type Streams = { stream: Labels; values: [string, string][] }[];

async function linesAfter(url: string, expr: string, { after, end, limit }: Reach): Promise<readonly Line[]> {
  const parameters = { query: expr, start: `${after}`, end: nanoseconds(end), limit: `${limit}`, direction: "forward" };
  const streams = await data<Streams>(url, "/loki/api/v1/query_range", parameters);
  const lines = streams.flatMap(({ stream, values }) =>
    values.map(([time, text]): Line => ({ labels: stream, time, text })),
  );
  return lines.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

/** Answers from a running Loki, within its own limits. */
export async function runningLoki(url: string): Promise<Logs> {
  return {
    limits: await limitsOf(url),
    samplesAt: (expr, end) => samplesAt(url, expr, end),
    linesAfter: (expr, reach) => linesAfter(url, expr, reach),
  };
}
