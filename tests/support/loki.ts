import { type BuiltQuery, substitute } from "./built.ts";

const HOUR = 3_600_000;

type Result = {
  resultType: string;
  result: {
    metric?: Record<string, string>;
    stream?: Record<string, string>;
    value?: [number, string];
    values?: [string | number, string][];
  }[];
};

async function ask(url: string, path: string, parameters: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${url}${path}?${new URLSearchParams(parameters)}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`Loki answered ${response.status} to ${JSON.stringify(parameters)}: ${text}`);
  return JSON.parse(text).data;
}

/** Values by label (`""` for none); a query over time is asked for its one last point. */
export async function metric(url: string, expr: string, at: number): Promise<Record<string, number>> {
  const { result } = (await ask(url, "/loki/api/v1/query", { query: expr, time: `${at}000000` })) as Result;
  return Object.fromEntries(result.map(({ metric, value }) => [Object.values(metric!).join("/"), Number(value![1])]));
}

export type Line = { labels: Record<string, string>; time: bigint; line: string };

/** Lines between two moments (ms), oldest first, with all their labels. */
export async function lines(url: string, expr: string, from: number, to: number): Promise<Line[]> {
  const { result } = (await ask(url, "/loki/api/v1/query_range", {
    query: expr,
    start: `${from}000000`,
    end: `${to}000000`,
    limit: "5000",
    direction: "forward",
  })) as Result;
  const all = result.flatMap(({ stream, values }) =>
    values!.map(([time, line]) => ({ labels: stream!, time: BigInt(time), line })),
  );
  return all.sort((a, b) => Number(a.time - b.time));
}

export const labelValues = async (url: string, label: string, query: string, from: number, to: number) =>
  ((await ask(url, `/loki/api/v1/label/${label}/values`, { query, start: `${from}000000`, end: `${to}000000` })) as
    | string[]
    | undefined) ?? [];

type Asked = { at: number; variables?: Record<string, readonly string[]>; search?: string };

/** Asks a generated query as Grafana would at that moment, over the hour before it, with steps of 5 minutes. */
export async function askBuilt(
  url: string,
  query: BuiltQuery,
  { at, ...chosen }: Asked,
): Promise<Record<string, number> | string[] | Line[]> {
  const expr = substitute(query.expr, { auto: "5m", range: "1h", to: at, ...chosen });
  if (query.asked === "values") return labelValues(url, query.label!, expr, at - HOUR, at);
  return expr.startsWith("{") ? lines(url, expr, at - HOUR, at) : metric(url, expr, at);
}

/** Waits until a metric of one value has reached the wanted one; fails with what it was last. */
export async function waitForCount(url: string, expr: string, wanted: number, seconds = 60): Promise<void> {
  let last = 0;
  for (
    const end = Date.now() + seconds * 1000;
    Date.now() < end;
    await new Promise((resolve) => setTimeout(resolve, 500))
  ) {
    last = (await metric(url, expr, Date.now()))[""] ?? 0;
    if (last >= wanted) return;
  }
  throw new Error(`after ${seconds} s, ${expr} was ${last}, not ${wanted}`);
}
