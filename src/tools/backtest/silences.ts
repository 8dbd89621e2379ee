import type { Reading } from "../../alerting/history/readings.ts";
import type { Config } from "../../core/config/schema.ts";
import { collected } from "../../core/kept.ts";
import { type Streams, sinceEpoch } from "../../logql/streams.ts";
import { etats, jobs } from "../../schema.ts";

/** The times (s) of a source's runs, in order. */
function runTimes(all: Streams): ReadonlyMap<string, readonly number[]> {
  const milliseconds = sinceEpoch(all);
  const bySource = collected<string, number[]>();
  for (const { labels, times } of all.streams) {
    const isRun = labels.job === jobs.records && etats.some((etat) => etat === labels.etat);
    if (!isRun || labels.source === undefined) continue;
    const ofSource = bySource.of(labels.source, () => []);
    for (const time of times) ofSource.push(milliseconds(time) / 1000);
  }
  for (const times of bySource.all.values()) times.sort((a, b) => a - b);
  return bySource.all;
}

type Looks = Readonly<{ moments: readonly number[]; longest: number }>;
/** At each moment the time since the last run; null before the first, and once it is longer than anybody remembers. */
function ages(times: readonly number[], { moments, longest }: Looks): readonly (number | null)[] {
  let next = 0;
  return moments.map((moment) => {
    while (next < times.length && times[next]! <= moment) next += 1;
    const age = next === 0 ? Number.POSITIVE_INFINITY : moment - times[next - 1]!;
    return age <= longest ? age : null;
  });
}

/** What rule 3 is about, which its query does not give: the silence of each watched source, against its own maximum. */
export function silences(
  streams: Streams,
  { expected, retired, maxSilence, memory, moments }: Config["sources"] & Pick<Looks, "moments">,
): Reading {
  const limits = new Map(expected.map((one) => [one.source, one.maxSilence ?? maxSilence]));
  const isRetired = (source: string) => retired.some((one) => one === source);
  const instances = [...runTimes(streams)]
    .filter(([source]) => !isRetired(source))
    .map(([source, times]) => {
      const longest = limits.has(source) ? Number.MAX_SAFE_INTEGER : memory.value;
      return {
        labels: { source },
        limit: (limits.get(source) ?? maxSilence).value,
        values: ages(times, { moments, longest }),
      };
    });
  return { name: "silence", unit: "s", beyond: "above", instances };
}
