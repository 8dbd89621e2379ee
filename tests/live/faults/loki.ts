import { metricsAt, sum } from "../../support/metrics.ts";
import { eventually } from "./wait.ts";

/** A span of time, in milliseconds since 1970, from which Loki is asked. */
export type Window = Readonly<{ from: number; to: number }>;
export type Entry = Readonly<{ labels: Readonly<Record<string, string>>; line: string }>;

/** The most lines that Loki returns at once. */
const PAGE = 5000;
const ALL = '{job=~"kafka-logs|kafka-rejets"}';

async function ask<T>(url: string, path: string, parameters: Record<string, string>, timeoutMs: number): Promise<T> {
  const response = await fetch(`${url}/loki/api/v1/${path}?${new URLSearchParams(parameters)}`, {
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Loki answered ${response.status} to ${JSON.stringify(parameters)}: ${text}`);
  return JSON.parse(text).data;
}

/** How many lines of records and rejects Loki counts in a window, as a panel would. */
export async function counted(url: string, { from, to }: Window, timeoutMs = 60_000): Promise<number> {
  const query = `sum(count_over_time(${ALL}[${Math.ceil((to - from) / 1000)}s]))`;
  const { result } = await ask<{ result: { value: [number, string] }[] }>(
    url,
    "query",
    { query, time: `${to}000000` },
    timeoutMs,
  );
  return Number(result[0]?.value[1] ?? 0);
}

/** Every line of records and rejects in a window; lines of one moment may come more than once. */
export async function* entries(url: string, { from, to }: Window): AsyncGenerator<Entry> {
  for (let start = BigInt(from) * 1_000_000n; ; ) {
    // Loki leaves out a stored chunk whose newest line stands at the very start of the span.
    const parameters = {
      query: ALL,
      start: String(start - 1n),
      end: `${to}000000`,
      limit: String(PAGE),
      direction: "forward",
    };
    const { result } = await ask<{ result: { stream: Record<string, string>; values: [string, string][] }[] }>(
      url,
      "query_range",
      parameters,
      60_000,
    );
    let last = start;
    let lines = 0;
    for (const { stream: labels, values } of result) {
      for (const [time, line] of values) {
        lines++;
        if (BigInt(time) > last) last = BigInt(time);
        yield { labels, line };
      }
    }
    if (last === start && lines < PAGE) return;
    // The page may end amid lines of one moment: the next one starts with that moment again.
    if (last === start)
      throw new Error(`more than ${PAGE} lines stand at ${start} ns: they cannot be told apart by paging`);
    start = last;
  }
}

/** Makes Loki write what it holds in memory to disk, and waits until it has. */
export async function flushed(url: string): Promise<void> {
  const before = await metrics(url);
  await fetch(`${url}/flush`, { method: "POST" });
  await eventually(async () => {
    const now = await metrics(url);
    return now.written > before.written && now.waiting === 0 && now.held === 0;
  }, 60_000);
}

/** Waits until Loki has put the state of its memory beside its log once more. */
export async function checkpointed(url: string): Promise<void> {
  const before = await metrics(url);
  await eventually(async () => (await metrics(url)).checkpoints > before.checkpoints, 360_000);
}

/** The sum over a metric's labels, as a program shows it now. */
export async function sumsAt(url: string): Promise<(wanted: string) => number> {
  const figures = await metricsAt(url);
  return (wanted) => sum(figures.filter(([name]) => name.split("{")[0] === wanted));
}

async function metrics(url: string) {
  const shown = await sumsAt(url);
  return {
    written: shown("loki_ingester_chunks_flushed_total"),
    waiting: shown("loki_ingester_flush_queue_length"),
    held: shown("loki_ingester_memory_chunks"),
    checkpoints: shown("loki_ingester_checkpoint_creations_total"),
  };
}
