import { ENVELOPE_BYTES } from "../../core/kafka/limits.ts";
import type { Change } from "../../core/record/recovery.ts";
import type { ReasonCode, Rejected } from "../../core/record/rejects.ts";
import type { NormalisedRecord } from "../../schema.ts";

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
/** A refused record that is counted only, since its input has so many. */
export type Untold = Readonly<{ kind: "untold"; code: ReasonCode; bytes: number }>;
/** One reject that stands for so many untold records. */
export type Rest = Readonly<{ kind: "rest"; records: number; printed: string; message: string; bytes: number }>;
export type Item = Accepted | Rejected | Untold | Rest;

type Judged = Readonly<{ record: Pick<NormalisedRecord, "etat" | "source">; labelsKey: string }>;

export function accepted(
  { record, labelsKey }: Judged,
  line: string,
  { time, change }: Pick<Accepted, "time" | "change">,
): Accepted {
  const { etat, source } = record;
  return {
    kind: "record",
    etat,
    source,
    labelsKey,
    line,
    time,
    change,
    bytes: Buffer.byteLength(line) + Buffer.byteLength(source) + ENVELOPE_BYTES,
  };
}

export const untold = ({ code }: Rejected): Untold => ({ kind: "untold", code, bytes: 0 });

type Span = Readonly<{ records: number; first: number; last: number; most: number }>;

/** The reject of an input that says how many more there were than `most`, from the `first` place to the `last`. */
export function rest(input: string, { records, first, last, most }: Span): Rest {
  const reason = `${records} more records were rejected, the last at ${last}; producer.maxRejects in src/config.ts tells the first ${most} one by one`;
  const message = JSON.stringify({ reason, input, line: first, last, records });
  return {
    kind: "rest",
    records,
    printed: JSON.stringify({ line: first, last, records, reason }),
    message,
    bytes: Buffer.byteLength(message) + ENVELOPE_BYTES,
  };
}
