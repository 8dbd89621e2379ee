import { setTimeout as sleep } from "node:timers/promises";
import { storeAt } from "../../src/alerting/loki.ts";
import type { BuiltQuery } from "./built.ts";
import { type Asked, askBuilt as askStore, type Line, linesOf, metric as metricOf, substituted } from "./stores.ts";

export type { Line };

const HOUR = 3_600_000;

/** Values by label (`""` for none); a query over time is asked for its one last point. */
export const metric = (url: string, expr: string, at: number): Promise<Record<string, number>> =>
  metricOf(storeAt({ url }), expr, at);

/** Lines between two moments (ms), oldest first, with all their labels. */
export const lines = (url: string, expr: string, from: number, to: number): Promise<Line[]> =>
  linesOf(storeAt({ url }), expr, { from, to });

async function labelValues(url: string, label: string, query: string, to: number): Promise<string[]> {
  const parameters = new URLSearchParams({ query, start: `${to - HOUR}000000`, end: `${to}000000` });
  const response = await fetch(`${url}/loki/api/v1/label/${label}/values?${parameters}`);
  if (!response.ok) throw new Error(`Loki answered ${response.status} to ${query}: ${await response.text()}`);
  return ((await response.json()) as { data?: string[] }).data ?? [];
}

/** Asks a generated query as Grafana would at that moment, over the hour before it, with steps of 5 minutes. */
export const askBuilt = (url: string, query: BuiltQuery, asked: Asked): ReturnType<typeof askStore> =>
  query.asked === "values"
    ? labelValues(url, query.label!, substituted(query, asked), asked.at)
    : askStore(storeAt({ url }), query, asked);

/** Waits until a metric of one value has reached the wanted one; fails with what it was last. */
export async function waitForCount(url: string, expr: string, wanted: number, seconds = 60): Promise<void> {
  let last = 0;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(500)) {
    last = (await metric(url, expr, Date.now()))[""] ?? 0;
    if (last >= wanted) return;
  }
  throw new Error(`after ${seconds} s, ${expr} was ${last}, not ${wanted}`);
}
