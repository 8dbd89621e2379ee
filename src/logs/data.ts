import { Readable } from "node:stream";
import { SAMPLE } from "../core/places.ts";
import { MINUTE_MS } from "../core/spans.ts";
import type { Streams } from "../logql/streams.ts";
import { type OwnLogs, ownLogs, type ReadOptions, remarksOn } from "./own-logs.ts";
import { moved, newest, together } from "./streams.ts";
import { madeUpWeek } from "./week.ts";

/**
 * What the preview shows: records as streams and the moment that is now (ms since 1970).
 * Their name, and what was wrong with them: in French for the page, in English for the terminal.
 */
export type Data = Readonly<{
  streams: Streams;
  now: () => number;
  name: string;
  notices: readonly string[];
  remarks: readonly string[];
}>;
export type Choice = Readonly<{ logs?: string; sample: boolean; now?: number; follow: boolean }>;

/** Pictures are always of this moment (ms): the same definitions give the same picture, on every machine. */
export const PICTURED_AT = Date.UTC(2026, 10, 27, 12);

const clock = (fixed: number | undefined, usual: () => number) => (fixed === undefined ? usual : () => fixed);

/** The bundled sample, moved so that its newest record is of this moment (ms). */
export async function sampleAt(moment: number): Promise<Streams> {
  const { streams } = await ownLogs(SAMPLE, { zone: "UTC", stdin: Readable.from([]) });
  return moved(streams, moment - newest(streams)!);
}

/** A made-up week before a moment (ms), and the sample, whose newest record is of a second earlier. */
export async function weekAndSample(moment: number): Promise<Streams> {
  const stdin = Readable.from([Buffer.from(madeUpWeek(moment).join("\n"))]);
  return together([(await ownLogs("-", { zone: "UTC", stdin })).streams, await sampleAt(moment - 1000)]);
}

/** Reads the records that were asked for; throws a `UserError` for what cannot be read. */
export async function dataOf({ logs, sample, now, follow }: Choice, options: ReadOptions): Promise<Data> {
  if (logs !== undefined) {
    const found = await ownLogs(logs, options);
    // One's own records are mostly old: the clock stands at the newest, unless they go on coming.
    const last = newest(found.streams) ?? Date.now();
    const usual = follow ? Date.now : () => Math.ceil(last / MINUTE_MS) * MINUTE_MS;
    return {
      streams: found.streams,
      now: clock(now, usual),
      name: logs === "-" ? "entrée standard" : logs,
      notices: noticesOf(found),
      remarks: remarksOn(found),
    };
  }
  const last = Math.floor((now ?? Date.now()) / 1000) * 1000;
  const fine = { now: clock(now, Date.now), notices: [], remarks: [] };
  if (sample) return { ...fine, streams: await sampleAt(last - 1000), name: "l'échantillon de 72 enregistrements" };
  return { ...fine, streams: await weekAndSample(last), name: "l'échantillon et une semaine inventée" };
}

function noticesOf({ records, rejected, rejects, faults }: OwnLogs): readonly string[] {
  const more = rejected > rejects.length ? [`… et ${rejected - rejects.length} autres rejets`] : [];
  const number = rejected > 1 ? `${rejected} rejetés` : "1 rejeté";
  const counted = rejected > 0 ? [`${records} enregistrements lus, ${number} :`, ...rejects, ...more] : [];
  return [...counted, ...faults];
}
