import { randomUUID } from "node:crypto";
import { UserError } from "../core/errors.ts";
import { grouped } from "../core/grouped.ts";
import { askLoki, dataOf, type LokiAddress, lokiNamed, resultOf, textFrom } from "../core/loki.ts";
import { parseFloat64 } from "../logql/units.ts";
import { inProcess } from "./in-process.ts";
import { type Between, givesLines, type Store, type Stores, type Stream } from "./store.ts";
import { type Labels, labelKey, type Point, type Series, series } from "./values.ts";
import { untilQueried } from "./visible.ts";

const PART_BYTES = 1_000_000;
const ENTRY_BYTES = 64;
const JSON_TYPE = { "Content-Type": "application/json" };

const nanoseconds = (seconds: number) => `${BigInt(Math.round(seconds * 1e6)) * 1000n}`;

/** Refuses a Loki that mixes tenants, since each case needs an empty one. */
export async function assertTenants(text: string): Promise<void> {
  const loki = lokiNamed(text);
  const { status } = await askLoki(loki, "/loki/api/v1/labels");
  if (status !== 401)
    throw new UserError(`Loki at ${loki.url} does not separate tenants: start it with -auth.enabled=true`);
}

/** Streams of equal labels are one, in which Loki would refuse a line that comes long after a newer one. */
const merged = (streams: readonly Stream[]): readonly Stream[] =>
  Array.from(grouped(streams, ({ labels }) => labelKey(labels)).values(), (parts) => ({
    labels: parts[0]!.labels,
    entries: parts.flatMap(({ entries }) => entries),
  }));

/** Sends every line, each stream's oldest first, in parts that a gRPC message holds. */
export async function push(loki: LokiAddress, streams: readonly Stream[]): Promise<void> {
  let part: { stream: Labels; values: [time: string, line: string][] }[] = [];
  let bytes = 0;
  const send = async () => {
    const body = JSON.stringify({ streams: part });
    if (part.length > 0)
      await textFrom(loki, "/loki/api/v1/push", { init: { method: "POST", headers: JSON_TYPE, body } });
    part = [];
    bytes = 0;
  };
  for (const { labels, entries } of merged(streams)) {
    let values: [string, string][] | undefined;
    for (const [time, line] of [...entries].sort(([a], [b]) => a - b)) {
      if (bytes > PART_BYTES) {
        await send();
        values = undefined;
      }
      if (!values) {
        values = [];
        part.push({ stream: labels, values });
      }
      values.push([nanoseconds(time), line]);
      bytes += Buffer.byteLength(line) + ENTRY_BYTES;
    }
  }
  await send();
}

type Sample = [seconds: number, value: string];
type Vector = { metric: Labels; values?: Sample[]; value?: Sample }[];
type Result = Vector | Sample;

const point = ([seconds, value]: Sample): Point => [Math.round(seconds * 1000), parseFloat64(value)!];

async function seriesFrom(loki: LokiAddress, path: string, parameters: Record<string, string>): Promise<Series[]> {
  const { resultType, result } = dataOf<Result>(loki, await textFrom(loki, path, { parameters }));
  if (resultType === "scalar") return [series({}, [point(result as Sample)])];
  if (resultType === "streams") throw givesLines(parameters.query!);
  return (result as Vector).map(({ metric, values, value }) => series(metric, (values ?? [value!]).map(point)));
}

type Lines = { stream: Labels; values: [nanoseconds: string, line: string][] }[];
const RANGE = "/loki/api/v1/query_range";

/** What a running Loki holds, in one tenant; Loki gives no more than 5000 lines. */
export const storeAt = (loki: LokiAddress): Store => ({
  queryAt: (query, time) => seriesFrom(loki, "/loki/api/v1/query", { query, time: nanoseconds(time) }),
  queryRange: (query, { step, ...between }) => seriesFrom(loki, RANGE, { query, ...spanOf(between), step: `${step}` }),
  async queryLines(query, between) {
    const parameters = { query, ...spanOf(between), limit: "5000" };
    const lines = resultOf<Lines>(loki, await textFrom(loki, RANGE, { parameters }));
    return lines.flatMap(({ stream, values }) =>
      values.map(([time, line]) => JSON.stringify([labelKey(stream), time, line])),
    );
  },
});
const spanOf = ({ start, end }: Between) => ({ start: nanoseconds(start), end: nanoseconds(end) });

/** A store in one tenant of a running Loki. */
export const tenantOf = (loki: LokiAddress): Stores => ({
  recent: true,
  async hold(streams) {
    const store = storeAt(loki);
    await push(loki, streams);
    await untilQueried(loki, streams, store);
    return store;
  },
});

/** Stores in tenants of their own of a running Loki, which must separate tenants. */
export const runningLoki = (url: string): Stores => ({
  recent: true,
  hold: (streams) => tenantOf(lokiNamed(url, `proof-${randomUUID()}`)).hold(streams),
});

/** Stores in this process, or where an address is given, in a running Loki. */
export async function storesAt(url: string | undefined): Promise<Stores> {
  if (url === undefined) return inProcess;
  await assertTenants(url);
  return runningLoki(url);
}
