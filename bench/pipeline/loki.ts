import { lines, metric } from "../../tests/support/loki.ts";

/** The value of a query with one series, now; 0 when there is none. */
export const valueNow = async (url: string, query: string): Promise<number> =>
  (await metric(url, query, Date.now()))[""] ?? 0;

/** Whether a line of the last minute matches. */
export const hasLine = async (url: string, query: string): Promise<boolean> =>
  (await lines(url, query, Date.now() - 60_000, Date.now())).length > 0;

/**
 * How many lines Loki was sent since it started: cheaper to ask than a query, and it does not slow down what is
 * measured.
 */
export async function linesReceived(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^loki_distributor_lines_received_total\{.*\} (\S+)$/gm)].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  );
}
