import { createHash } from "node:crypto";
import type { Change } from "../core/record/recovery.ts";
import { MAX_RECORD_BYTES, type NormalisedRecord } from "../schema.ts";
import type { Piece } from "./split.ts";

const HEAD_BYTES = 16_384;
/** What Kafka adds to a message, with room to spare. */
const ENVELOPE_BYTES = 64;

/** Why a record is refused, in a word for the metrics and in a clause for the reader. */
export type ReasonCode = "encoding" | "json" | "object" | "field" | "date" | "length" | "time" | "labels" | "streams" | "loki";
export type Refusal = Readonly<{ code: ReasonCode; reason: string }>;

/** An accepted record: its line, Kafka key and message time (milliseconds since 1970). */
export type Accepted = Readonly<{
  kind: "record";
  etat: NormalisedRecord["etat"];
  source: string;
  /** Its streams, by `labelsKey`. */
  labelsKey: string;
  line: string;
  time: number;
  change: Change | undefined;
  bytes: number;
}>;
/** A refused record: `told` is what dry runs print, `message` what Kafka gets. */
export type Rejected = Readonly<{ kind: "reject"; code: ReasonCode; told: string; message: string; bytes: number }>;
/** A refused record that is counted only, since its input has so many. */
export type Untold = Readonly<{ kind: "untold"; code: ReasonCode; bytes: number }>;
/** One reject that stands for so many untold records. */
export type Rest = Readonly<{ kind: "rest"; records: number; told: string; message: string; bytes: number }>;
export type Item = Accepted | Rejected | Untold | Rest;

type Judged = Readonly<{ record: NormalisedRecord; labelsKey: string }>;

export function accepted({ record, labelsKey }: Judged, line: string, { time, change }: Pick<Accepted, "time" | "change">): Accepted {
  const { etat, source } = record;
  return { kind: "record", etat, source, labelsKey, line, time, change, bytes: Buffer.byteLength(line) + Buffer.byteLength(source) + ENVELOPE_BYTES };
}

/** A reject with its reason, place and original text; of a text over 256 KB, or one that would make such a message, its head, length and SHA-256. */
export function rejected(refusal: Refusal, input: string, { position: line, bytes, cut }: Piece): Rejected {
  const { code } = refusal;
  // Half of a character, where a reason shows the start of a text: no reader of JSON but JavaScript's takes it.
  const reason = refusal.reason.toWellFormed();
  const item = (text: object): Rejected => {
    const message = JSON.stringify({ reason, input, line, ...text });
    return { kind: "reject", code, told: JSON.stringify({ line, reason, ...text }), message, bytes: Buffer.byteLength(message) + ENVELOPE_BYTES };
  };
  const whole = cut || bytes.length > MAX_RECORD_BYTES ? undefined : item({ record: bytes.toString() });
  if (whole && whole.bytes <= MAX_RECORD_BYTES) return whole;
  return item({ head: headOf(bytes), length: cut?.length ?? bytes.length, sha256: cut?.sha256 ?? createHash("sha256").update(bytes).digest("hex") });
}

export const untold = ({ code }: Rejected): Untold => ({ kind: "untold", code, bytes: 0 });

type Span = Readonly<{ records: number; first: number; last: number; most: number }>;

/** The reject of an input that says how many more there were than `most`, from the `first` place to the `last`. */
export function rest(input: string, { records, first, last, most }: Span): Rest {
  const reason = `${records} more records were rejected, the last at ${last}; producer.maxRejects in src/config.ts tells the first ${most} one by one`;
  const message = JSON.stringify({ reason, input, line: first, last, records });
  return { kind: "rest", records, told: JSON.stringify({ line: first, last, records, reason }), message, bytes: Buffer.byteLength(message) + ENVELOPE_BYTES };
}

/** The first bytes as text, cut between two characters. */
function headOf(bytes: Buffer): string {
  let end = Math.min(HEAD_BYTES, bytes.length);
  while (end > HEAD_BYTES - 4 && end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString("utf8", 0, end);
}
