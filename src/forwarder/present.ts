import { type LokiAddress, resultOf, textFrom } from "../core/loki.ts";
import type { Labels } from "../core/record/labels.ts";
import { streamLabels } from "../schema.ts";
import { type Entry, selector, TIMEOUT_MS } from "./push.ts";

const PAGE = 5000;
const absent = Object.fromEntries(streamLabels.map(({ name }) => [name, ""]));

/** Bytes that are no UTF-8 come back as one or several replacement characters. */
const comparable = (line: string) => line.replace(/\ufffd+/g, "\ufffd");
const keyOf = (nanoseconds: string, line: string) => `${nanoseconds} ${comparable(line)}`;
const nanoseconds = (time: number) => `${BigInt(time) * 1_000_000n}`;

type Streams = readonly Readonly<{ values: readonly [time: string, line: string][] }>[];

/**
 * The entries of a stream that Loki does not hold; rejects when Loki does not answer.
 * Those older than two days count as missing until Loki has flushed them.
 */
export async function missingOf<E extends Entry>(
  loki: LokiAddress,
  { labels, entries }: Readonly<{ labels: Labels; entries: readonly E[] }>,
): Promise<E[]> {
  const times = entries.map(({ time }) => time);
  const end = nanoseconds(Math.max(...times) + 1);
  const held = new Set<string>();
  for (let start = nanoseconds(Math.min(...times)); ; ) {
    // Loki leaves out a stored chunk whose newest line stands at the very start of the span.
    const page = await linesOf(loki, {
      query: selector({ ...absent, ...labels }),
      start: `${BigInt(start) - 1n}`,
      end,
    });
    for (const [time, line] of page) held.add(keyOf(time, line));
    if (page.length < PAGE) break;
    // More lines than a page at one moment cannot be asked for: the rest of that moment counts as missing.
    const last = page.reduce((newest, [time]) => (BigInt(time) > newest ? BigInt(time) : newest), 0n);
    start = `${last > BigInt(start) ? last : last + 1n}`;
  }
  return entries.filter(({ time, line }) => !held.has(keyOf(nanoseconds(time), line.toString())));
}

async function linesOf(
  loki: LokiAddress,
  range: Record<"query" | "start" | "end", string>,
): Promise<[string, string][]> {
  const parameters = { ...range, limit: String(PAGE), direction: "forward" };
  const text = await textFrom(loki, "/loki/api/v1/query_range", { parameters, patienceMs: TIMEOUT_MS });
  return resultOf<Streams>(loki, text).flatMap(({ values }) => values);
}
