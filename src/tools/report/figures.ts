import pMap from "p-map";
import type { Config } from "../../core/config/schema.ts";
import type { Progress } from "../../core/progress.ts";
import { print } from "../../queries/print.ts";
import { successesOf } from "../../queries/records.ts";
import { type Cause, followFailures, type OpenFailure } from "./failures.ts";
import { type Logs, milliseconds, type Sample } from "./logs.ts";
import { pages } from "./pages.ts";
import { daysBetween, type Observed, parts, type Window, windowsBetween } from "./period.ts";
import { countsOf, type Measures, peaks, unreadableLines, wholeMeasures } from "./questions.ts";
import { type Run, runsOf } from "./runs.ts";
import { EVERYTHING, type Freshness, followSilences } from "./silences.ts";
import { collectValues } from "./values.ts";

type Numbers = Readonly<Record<keyof Measures, number | undefined>>;
/** The service levels of one source, or of all. */
export type Level = Readonly<{
  source: string;
  runs: number;
  failures: number;
  repairs: number;
  unrepaired: number;
  freshness: Freshness;
}> &
  Numbers;
type Day = Window & Readonly<{ runs: number; failures: number }>;
/** A failure without a success in the period, and the first one (ms) since. */
type Unrepaired = OpenFailure & Readonly<{ repairedAt: number | undefined }>;
export type Figures = Readonly<{
  total: Level;
  sources: readonly Level[];
  days: readonly Day[];
  causes: readonly Cause[];
  unrepaired: readonly Unrepaired[];
  /** Lines that are no valid record. */
  unreadable: number;
  /** Runs that are stored twice: counted twice, and shown once. */
  doubled: number;
}>;

type Around = Readonly<{ logs: Logs; now: number; progress: Progress }>;
type Counts = Map<string, { runs: number; failures: number }>;

const NONE = { runs: 0, failures: 0 };
const AT_ONCE = 4;
/** Lines asked for where the first one is enough. */
const FEW = 50;

const numbersOf = (measures: Measures, source: string) =>
  Object.fromEntries(Object.entries(measures).map(([name, of]) => [name, of.get(source)])) as Numbers;

function addCount(counts: Counts, name: string, { labels, value }: Sample): void {
  const { runs, failures } = counts.get(name) ?? NONE;
  counts.set(name, { runs: runs + value, failures: failures + (labels.etat === "FAILED" ? value : 0) });
}

/** When an object succeeded for the first time since a moment, if it did. */
async function repairedSince(
  failure: OpenFailure,
  { logs, now, since }: Around & Readonly<{ since: number }>,
): Promise<number | undefined> {
  for (const { start, end } of now > since ? parts({ start: since, end: now }, logs.limits.longestQuery) : []) {
    const found = pages(logs, print(successesOf(failure)), { start, end, limit: FEW });
    for await (const [first] of found) if (first) return milliseconds(first.time);
  }
  return undefined;
}

type Followed = Readonly<{ sources: Config["sources"]; start: number; keepsValues: boolean }>;
/** What the runs of a period say, one after the other; single values are kept where no query gives them. */
function followRuns({ sources, start, keepsValues }: Followed) {
  const [failures, silences, values] = [followFailures(), followSilences(sources, start), collectValues()];
  const repairs = new Map<string, number>();
  let read = 0;
  const run = (one: Run) => {
    read += 1;
    silences.run(one.source, one.at);
    failures.run(one);
    if (keepsValues) values.run(one);
    if (one.repair !== undefined)
      for (const name of [one.source, EVERYTHING]) repairs.set(name, (repairs.get(name) ?? 0) + 1);
  };
  return { run, failures, silences, values, repairs, read: () => read };
}
type Following = ReturnType<typeof followRuns>;

/** Has a day's runs counted, for all and into those of each source, and follows each of them. */
async function countedDay(day: Window, perSource: Counts, { logs, runs }: Readonly<{ logs: Logs; runs: Following }>) {
  const today: Counts = new Map();
  for (const window of parts(day, logs.limits.longestQuery)) {
    const counting = countsOf(logs, window);
    // Awaited below; a failure of the reading must not leave this one unheard.
    counting.catch(() => {});
    for await (const run of runsOf(logs, window)) runs.run(run);
    for (const sample of await counting) {
      addCount(today, EVERYTHING, sample);
      for (const name of [sample.labels.source ?? "", EVERYTHING]) addCount(perSource, name, sample);
    }
  }
  return { ...day, ...(today.get(EVERYTHING) ?? NONE) };
}

/** Asks for all figures of what is observed of a period in a time zone. */
export async function figuresOf(
  observed: Observed & { zone: string },
  { sources }: Pick<Config, "sources">,
  around: Around,
): Promise<Figures> {
  const { logs, progress } = around;
  const { start, end, zone } = observed;
  const days = windowsBetween(daysBetween(observed, zone));
  const whole = parts({ start, end }, logs.limits.longestQuery);
  const runs = followRuns({ sources, start, keepsValues: whole.length > 1 });
  const [perDay, perSource]: [Day[], Counts] = [[], new Map()];
  progress.start(days.length + 3);
  for (const day of days) {
    perDay.push(await countedDay(day, perSource, { logs, runs }));
    progress.step();
  }
  const measures = whole.length === 1 ? await wholeMeasures(logs, whole[0]!) : runs.values.measures();
  progress.step();
  const highest = await peaks(logs, whole);
  progress.step();
  const unreadable = await unreadableLines(logs, whole);
  const repaired = async (failure: OpenFailure): Promise<Unrepaired> => ({
    ...failure,
    repairedAt: await repairedSince(failure, { ...around, since: end }),
  });
  const unrepaired = await pMap(runs.failures.open(), repaired, { concurrency: AT_ONCE });
  progress.step();
  const freshness = runs.silences.finish(end);
  const level = (source: string): Level => ({
    source,
    ...(perSource.get(source) ?? NONE),
    repairs: runs.repairs.get(source) ?? 0,
    unrepaired: unrepaired.filter((failure) => source === EVERYTHING || failure.source === source).length,
    freshness: freshness.get(source)!,
    ...numbersOf({ ...measures, ...highest }, source),
  });
  const declared = sources.expected.map(({ source }) => source);
  const others = [...freshness.keys()].filter((source) => source !== EVERYTHING && !declared.includes(source)).sort();
  const total = level(EVERYTHING);
  return {
    total,
    sources: [...declared, ...others].map(level),
    days: perDay,
    causes: runs.failures.causes(),
    unrepaired,
    unreadable,
    doubled: Math.max(0, total.runs - runs.read()),
  };
}
