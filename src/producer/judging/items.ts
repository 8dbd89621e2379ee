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
type Untold = Readonly<{ kind: "untold"; code: ReasonCode; bytes: number }>;
/** One reject that stands for so many untold records. */
export type Rest = Readonly<{ kind: "rest"; records: number; printed: string; message: string; bytes: number }>;
export type Item = Accepted | Rejected | Untold | Rest;
