import { collected } from "../../core/kept.ts";
import { sum } from "../../core/numbers.ts";
import { byText } from "../../core/order.ts";
import { HOUR_MS } from "../../core/spans.ts";
import { type Amounts, groupOf, groupOfEntry, slotOf } from "./amounts.ts";
import type { Comparison } from "./compare.ts";
import type { Finding } from "./entries.ts";
import type { Difference } from "./sides.ts";

/**
 * One source in one hour (its first millisecond).
 * `kafka` and `loki` count messages and lines; `doubled` counts what Loki counts too much.
 */
export type Cell = Readonly<
  { hour: number; job: string; source: string; kafka: number; loki: number } & Record<Kind, number>
>;
const none = { missing: 0, waiting: 0, refused: 0, doubled: 0, unknown: 0, forgotten: 0 };
type Kind = keyof typeof none;

/** Messages of one finding whose offsets follow one another; `positions` are the first and last place in the input. */
export type Run = Readonly<{
  kind: Finding["kind"];
  by?: Finding["by"];
  topic: string;
  partition: number;
  offsets: readonly [first: number, last: number];
  times: readonly [earliest: number, latest: number];
  input?: string;
  positions?: readonly [first: number, last: number];
}>;

export type Results = Readonly<{
  cells: readonly Cell[];
  runs: readonly Run[];
  total: Omit<Cell, "hour" | "job" | "source">;
}>;

/** Gathers findings by source and hour and as runs of offsets, so that an outage of hours takes a few lines. */
export function gathering() {
  const counts = collected<string, Record<Kind, number>>();
  const runs: Run[] = [];
  const count = ({ group, time, kind }: Readonly<{ group: string; time: number; kind: Kind }>, lines: number) => {
    const key = `${slotOf(time, HOUR_MS)}\n${group}`;
    counts.of(key, () => ({ ...none }))[kind] += lines;
  };
  return {
    async found({ findings, beyond }: Difference): Promise<void> {
      for (const { entry, kind, counted } of findings)
        count({ group: groupOfEntry(entry), time: entry.time, kind }, kind === "doubled" ? counted - 1 : 1);
      for (const lines of beyond) count(lines, lines.count);
      runs.push(...runsOf(findings));
    },
    results: (comparison: Comparison): Results => ({
      cells: cellsOf(comparison, counts.all),
      runs: joined(runs),
      total: totalOf(comparison, counts.all),
    }),
  };
}

function cellsOf({ kafka, loki }: Comparison, counts: ReadonlyMap<string, Record<Kind, number>>): Cell[] {
  const [messages, lines] = [hourly(kafka), hourly(loki)];
  const cells = [...counts].map(([key, differences]) => {
    const end = key.indexOf("\n");
    const hour = Number(key.slice(0, end));
    return {
      hour,
      ...groupOf(key.slice(end + 1)),
      kafka: messages.get(key) ?? 0,
      loki: lines.get(key) ?? 0,
      ...differences,
    };
  });
  return cells.sort((a, b) => a.hour - b.hour || byText(a.job, b.job) || byText(a.source, b.source));
}

function hourly(amounts: Amounts): Map<string, number> {
  const found = new Map<string, number>();
  for (const [group, slots] of amounts)
    for (const [slot, { count }] of slots) {
      const key = `${slotOf(slot, HOUR_MS)}\n${group}`;
      found.set(key, (found.get(key) ?? 0) + count);
    }
  return found;
}

function totalOf({ kafka, loki }: Comparison, counts: ReadonlyMap<string, Record<Kind, number>>): Results["total"] {
  const all = (amounts: Amounts) =>
    sum([...amounts.values()].flatMap((slots) => [...slots.values()].map(({ count }) => count)));
  const total = { ...none };
  for (const cell of counts.values()) for (const kind of Object.keys(total) as Kind[]) total[kind] += cell[kind];
  return { kafka: all(kafka), loki: all(loki), ...total };
}

const runsOf = (findings: readonly Finding[]): Run[] =>
  joined(
    findings.map(({ kind, by, entry: { time }, place: { topic, partition, offset, input, position } }) => ({
      kind,
      ...(by && { by }),
      topic,
      partition,
      offsets: [offset, offset],
      times: [time, time],
      ...(input !== undefined && position !== undefined && { input, positions: [position, position] as const }),
    })),
  );

const isOfOneKind = (a: Run, b: Run) => a.kind === b.kind && a.by === b.by && a.input === b.input;
const follows = (a: Run, b: Run) =>
  a.topic === b.topic && a.partition === b.partition && a.offsets[1] + 1 === b.offsets[0] && isOfOneKind(a, b);
const byPlace = (a: Run, b: Run) =>
  byText(a.kind, b.kind) || byText(a.topic, b.topic) || a.partition - b.partition || a.offsets[0] - b.offsets[0];

function joined(runs: readonly Run[]): Run[] {
  const done: Run[] = [];
  for (const run of runs.toSorted(byPlace)) {
    const last = done.at(-1);
    if (last && follows(last, run)) done[done.length - 1] = merged(last, run);
    else done.push(run);
  }
  return done;
}

const merged = (a: Run, b: Run): Run => ({
  ...a,
  offsets: [a.offsets[0], b.offsets[1]],
  times: [Math.min(a.times[0], b.times[0]), Math.max(a.times[1], b.times[1])],
  ...(a.positions &&
    b.positions && {
      positions: [Math.min(a.positions[0], b.positions[0]), Math.max(a.positions[1], b.positions[1])] as const,
    }),
});

/** How many messages and lines differ; not what Kafka has deleted, nor what Loki refused according to the rejects. */
export const amountOfDifferences = ({ total: { missing, waiting, doubled, unknown } }: Results): number =>
  missing + waiting + doubled + unknown;
