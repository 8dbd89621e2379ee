import { createHash } from "node:crypto";
import { grouped } from "../../core/grouped.ts";
import type { Labels } from "../../core/record/labels.ts";

/** What Loki is to hold for a Kafka message. `time` in milliseconds since 1970. */
export type Entry = Readonly<{ labels: Labels; time: number; line: Buffer }>;
/** Why a message need not be in Loki. */
export type Excuse = "waiting" | "refused";
/** Where in Kafka an entry comes from, and where the producer read it (absent without the producer's headers). */
export type Place = Readonly<{
  topic: string;
  partition: number;
  offset: number;
  input?: string;
  position?: number;
  records?: number;
}>;
type Excusing = (place: Place) => Excuse | undefined;
export type Placed = Readonly<{ entry: Entry; place: Place }>;

/**
 * `missing`: Loki has no such line. `waiting`: nor has the collector read the message yet.
 * `refused`: nor would Loki take it, as the collector told the topic of rejects.
 * `doubled`: Loki counts it more than once; `by` says whether Kafka holds the message as often, or only Loki.
 */
export type Finding = Placed &
  Readonly<{ kind: "missing" | Excuse | "doubled"; by?: "kafka" | "loki"; counted: number }>;
/** `unknown`: the lines that Loki counts and no message explains. */
export type Judgement = Readonly<{
  findings: readonly Finding[];
  unknown: readonly Readonly<{ time: number; count: number }>[];
}>;

/**
 * Two entries of one key are the same to Loki: the time, and a digest of the rest.
 * Loki gives bytes that are no UTF-8 back as replacement characters, in a number of its own.
 */
export function entryKey({
  labels,
  time,
  line,
}: Readonly<{ labels: Labels; time: number; line: Buffer | string }>): string {
  const content = JSON.stringify([
    Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)),
    line.toString(),
  ]).replace(/\ufffd+/g, "\ufffd");
  return `${time} ${createHash("sha256").update(content).digest("base64")}`;
}

/** Compares the messages with how often Loki counts each entry, by `entryKey`. */
export function judge(
  messages: readonly Placed[],
  { counted, excuse }: Readonly<{ counted: ReadonlyMap<string, number>; excuse: Excusing }>,
): Judgement {
  const byKey = grouped(messages, ({ entry }) => entryKey(entry));
  const findings = [...byKey].flatMap(([key, same]) => judged(same, { counted: counted.get(key) ?? 0, excuse }));
  const unknown = [...counted].flatMap(([key, count]) =>
    byKey.has(key) ? [] : [{ time: Number(key.split(" ", 1)[0]), count }],
  );
  return { findings, unknown };
}

/** Identical messages are one entry to Loki, shown once: the first stands for all. */
function judged(
  same: readonly Placed[],
  { counted, excuse }: Readonly<{ counted: number; excuse: Excusing }>,
): Finding[] {
  const [first] = same as [Placed];
  if (counted === 1) return [];
  if (counted > 1) return [{ ...first, kind: "doubled", by: counted > same.length ? "loki" : "kafka", counted }];
  const excuses = same.map(({ place }) => excuse(place));
  return [{ ...first, kind: excuses.includes(undefined) ? "missing" : excuses[0]!, counted }];
}
