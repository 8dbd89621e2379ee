import { config } from "../../config.ts";
import { ENVELOPE_BYTES } from "../../core/kafka/limits.ts";
import { applyChange, type OpenFailures, recovery } from "../../core/record/recovery.ts";
import { type Refusal, type Rejected, rejected } from "../../core/record/rejects.ts";
import { milliseconds } from "../../core/time.ts";
import { MAX_RECORD_BYTES } from "../../schema.ts";
import { HELD_BYTES, type Piece } from "../reading/split.ts";
import { brought, type Limits } from "./brought.ts";
import type { Accepted } from "./items.ts";
import { normaliser } from "./normalise.ts";
import type { KnownStreams } from "./streams.ts";

/** What a record's Kafka message time is: now, its own `fin`, or `fin` shifted so that the newest record is now. */
export const timestampModes = ["arrival", "event", "replay"] as const;
export type Timestamps = (typeof timestampModes)[number];

export type Judgement = Readonly<{
  zone: string;
  timestamps: Timestamps;
  load: string;
  open: OpenFailures;
  now: () => number;
  shift?: number;
  limits?: Limits;
  streams?: KnownStreams;
}>;

/** Loki refuses entries that are further ahead. */
const AHEAD_MS = 10 * 60 * 1000;

/** Accepts or rejects the records of `input` one by one; keeps the open failures and the known streams up to date. */
export function judge(judgement: Judgement): (input: string, piece: Piece) => Accepted | Rejected {
  const { zone, timestamps, load, open, now, shift = 0, limits = config.producer, streams = new Map() } = judgement;
  const normalise = normaliser(zone, timestamps === "event" ? load : undefined);
  const misfit = (fin: number, time: number): Refusal | undefined => {
    if (Math.min(fin, time) < 0)
      return { code: "time", reason: "Fin is before 1970, which Kafka cannot hold as the time of a message" };
    return timestamps === "event" && time > now() + AHEAD_MS
      ? { code: "time", reason: "Fin is in the future, which Loki refuses as the time of an entry" }
      : undefined;
  };
  let current: string | undefined;
  let last = 0;
  let labels = brought(limits, streams);
  const judged = ({ bytes, cut }: Piece): Accepted | Refusal => {
    if (cut)
      return { code: "length", reason: `the record is ${cut.length} bytes long, over the ${HELD_BYTES} that are read` };
    const normalised = normalise(bytes);
    if ("reason" in normalised) return normalised;
    const { record, change } = recovery(open, normalised.record);
    const fin = timestamps === "arrival" ? 0 : milliseconds(record.fin);
    const time = timestamps === "arrival" ? now() : fin + shift;
    const refused = misfit(fin, time) ?? labels.refused(record);
    if (refused) return refused;
    const line =
      record === normalised.record
        ? normalised.line
        : JSON.stringify(recovery(open, JSON.parse(normalised.line)).record);
    const length = Buffer.byteLength(line);
    if (length > MAX_RECORD_BYTES)
      return {
        code: "length",
        reason: `the normalised record is ${length} bytes long, over the ${MAX_RECORD_BYTES} that Loki takes`,
      };
    const { etat, source } = record;
    const labelsKey = labels.add(record);
    if (change) applyChange(open, change);
    const size = length + Buffer.byteLength(source) + ENVELOPE_BYTES;
    return { kind: "record", etat, source, labelsKey, line, time, change, bytes: size };
  };
  return (input, piece) => {
    // A place that was passed already: the input is read afresh.
    if (input !== current || piece.position <= last) [current, labels] = [input, brought(limits, streams)];
    last = piece.position;
    const result = judged(piece);
    return "reason" in result ? rejected(result, input, piece) : result;
  };
}
