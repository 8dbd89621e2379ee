import { askLoki, type LokiAddress } from "../../../src/core/loki.ts";
import { type BuiltQuery, substitute } from "../../support/built.ts";

const HOUR = 3_600_000;

/** Bytes of lines that Loki went through to answer a query of the hour before `at` (ms). */
async function bytesRead(loki: LokiAddress, query: string, at: number): Promise<number> {
  const lines = query.startsWith("{");
  const moment: Record<string, string> = lines
    ? { start: `${at - HOUR}000000`, end: `${at}000000`, limit: "1000" }
    : { time: `${at}000000` };
  const path = `/loki/api/v1/${lines ? "query_range" : "query"}`;
  const { ok, status, text } = await askLoki(loki, path, { parameters: { query, ...moment } });
  if (!ok) throw new Error(`Loki answered ${status} to ${query}: ${text}`);
  return JSON.parse(text).data.stats.summary.totalBytesProcessed;
}

/**
 * What a generated query costs on the sample: the bytes it reads, as a ratio to merely counting all lines over its
 * longest window.
 */
export async function costRatio(loki: LokiAddress, { expr }: BuiltQuery, at: number): Promise<number> {
  const floor = await bytesRead(loki, 'sum(count_over_time({job="kafka-logs"} [1h]))', at);
  return (await bytesRead(loki, substitute(expr, { auto: "5m", range: "1h", to: at }), at)) / floor;
}
