import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../core/errors.ts";
import { flushLoki, type LokiAddress } from "../core/loki.ts";
import { largest, smallest } from "../core/numbers.ts";
import type { Store, Stream } from "./store.ts";

/** A Loki with default settings leaves older lines that are still in memory alone. */
const ALWAYS_QUERIED = 2 * 3600;
const FLUSHED_MS = 60_000;

type Wanted = Readonly<{ selector: string; lines: number }>;

/** A line that came twice at one time is kept once. */
const distinct = ({ entries }: Stream) => new Set(entries.map((entry) => JSON.stringify(entry))).size;

/** One selector of all lines where the streams share a label, else one a stream, naming every label that it lacks. */
function wantedOf(streams: readonly Stream[]): readonly Wanted[] {
  const names = [...new Set(streams.flatMap(({ labels }) => Object.keys(labels)))];
  const shared = names.find((name) => streams.every(({ labels }) => labels[name]));
  if (shared)
    return [{ selector: `{${shared}=~".+"}`, lines: streams.reduce((sum, stream) => sum + distinct(stream), 0) }];
  return streams.map((stream) => ({
    selector: `{${names.map((name) => `${name}=${JSON.stringify(stream.labels[name] ?? "")}`)}}`,
    lines: distinct(stream),
  }));
}

/** Waits until Loki answers with every line; has it flush old ones, which it may not query while they are in memory. */
export async function untilQueried(
  loki: LokiAddress,
  streams: readonly Stream[],
  { queryAt }: Pick<Store, "queryAt">,
): Promise<void> {
  const now = Date.now() / 1000;
  const filled = streams.filter(({ entries }) => entries.length > 0);
  const times = filled.flatMap(({ entries }) => entries.map(([time]) => time));
  const oldest = smallest(times, now);
  if (oldest >= now - ALWAYS_QUERIED) return;
  const latest = Math.ceil(largest(times, now));
  const seen = async ({ selector }: Wanted) => {
    const counted = `sum(count_over_time(${selector}[${latest - Math.floor(oldest) + 1}s]))`;
    return (await queryAt(counted, latest))[0]?.points[0]?.[1] ?? 0;
  };
  const missing = async () => {
    for (const wanted of wantedOf(filled)) if ((await seen(wanted)) < wanted.lines) return wanted.selector;
    return undefined;
  };
  if (!(await missing())) return;
  await flushLoki(loki);
  for (const end = Date.now() + FLUSHED_MS; ; await sleep(500)) {
    const selector = await missing();
    if (!selector) return;
    if (Date.now() > end)
      throw new UserError(`Loki does not answer with all lines of ${selector}, even after a flush; run it again`);
  }
}
