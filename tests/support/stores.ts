import { inProcess } from "../../src/alerting/in-process.ts";
import type { Store, Stream } from "../../src/alerting/store.ts";
import { type BuiltQuery, substitute } from "./built.ts";

const HOUR = 3_600_000;

export type Line = Readonly<{ labels: Readonly<Record<string, string>>; time: bigint; line: string }>;
export type Asked = Readonly<{
  at: number;
  auto?: string;
  variables?: Record<string, readonly string[]>;
  search?: string;
}>;

/** Lines held in this process. */
export const hold = (streams: readonly Stream[]): Promise<Store> => inProcess.hold(streams);

/** Values by label (`""` for none) at a moment (ms). */
export async function metric(store: Store, expr: string, at: number): Promise<Record<string, number>> {
  const found = await store.queryAt(expr, at / 1000);
  return Object.fromEntries(found.map(({ labels, points }) => [Object.values(labels).join("/"), points[0]![1]!]));
}

/** Lines between two moments (ms), oldest first, with all their labels. */
export async function linesOf(store: Store, expr: string, { from, to }: { from: number; to: number }): Promise<Line[]> {
  const found = await store.queryLines(expr, { start: from / 1000, end: to / 1000 });
  const parsed = found.map((text) => JSON.parse(text) as [labels: string, time: string, line: string]);
  return parsed
    .map(([labels, time, line]) => ({ labels: JSON.parse(labels), time: BigInt(time), line }))
    .sort((a, b) => Number(a.time - b.time));
}

/** A generated query as Grafana fills it in, over the hour before a moment (ms). */
export const substituted = ({ expr }: BuiltQuery, { at, auto = "5m", ...chosen }: Asked): string =>
  substitute(expr, { auto, range: "1h", to: at, ...chosen });

/**
 * Asks a generated query as Grafana would at a moment (ms), over the hour before it; a curve is asked for its last
 * point.
 */
export async function askBuilt(
  store: Store,
  query: BuiltQuery,
  asked: Asked,
): Promise<Record<string, number> | string[] | Line[]> {
  const expr = substituted(query, asked);
  if (!expr.startsWith("{")) return metric(store, expr, asked.at);
  const found = await linesOf(store, expr, { from: asked.at - HOUR, to: asked.at });
  if (query.asked !== "values") return found;
  return [...new Set(found.flatMap(({ labels }) => labels[query.label!] ?? []))].sort();
}
