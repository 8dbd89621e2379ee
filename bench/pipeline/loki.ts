/** The value of a query with one series, now; 0 when there is none. */
export async function valueNow(url: string, query: string): Promise<number> {
  const response = await fetch(`${url}/loki/api/v1/query?${new URLSearchParams({ query })}`);
  if (!response.ok) throw new Error(`Loki answered ${response.status} to ${query}: ${await response.text()}`);
  const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
  return Number(data.result[0]?.value[1] ?? 0);
}

/** Whether a line of the last minute matches. */
export async function hasLine(url: string, query: string): Promise<boolean> {
  const since = `${Date.now() - 60_000}000000`;
  const response = await fetch(
    `${url}/loki/api/v1/query_range?${new URLSearchParams({ query, start: since, limit: "1" })}`,
  );
  const { data } = (await response.json()) as { data: { result: unknown[] } };
  return data.result.length > 0;
}

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
