import { createHash } from "node:crypto";
import { MAX_RECORD_BYTES } from "../../schema.ts";
import { ENVELOPE_BYTES } from "../kafka/limits.ts";

/** What a reject in its topic always says: why, of which input, and at which place in it. */
export type RejectField = "reason" | "input" | "line";

/** Before what Loki said, in the reason of what it refused. */
export const REFUSED_BY_LOKI = "Loki refused it: ";

/** How the reason begins, as far as the producer and Loki say that there is room for no further stream. */
export const NO_ROOM = {
  producer: "no room for a further stream",
  loki: "Maximum active stream limit exceeded",
} as const;

const HEAD_BYTES = 16_384;

/** Why a record is refused, in a word for the metrics and in a clause for the reader. */
export type ReasonCode =
  | "encoding"
  | "json"
  | "object"
  | "field"
  | "date"
  | "length"
  | "time"
  | "labels"
  | "streams"
  | "loki";
export type Refusal = Readonly<{ code: ReasonCode; reason: string }>;

/** A refused record: `printed` is what dry runs print, `message` what Kafka gets. */
export type Rejected = Readonly<{ kind: "reject"; code: ReasonCode; printed: string; message: string; bytes: number }>;

/** What was refused: its place in the input, and its bytes, or their head with the length and SHA-256 of them all. */
type Original = Readonly<{
  position: number;
  bytes: Buffer;
  cut?: Readonly<{ length: number; sha256: string }> | undefined;
}>;

/**
 * A reject with its reason, place and original text.
 * Of a text over 256 KB, or one that would make such a message, it has the head, length and SHA-256.
 */
export function rejected(refusal: Refusal, input: string, { position: line, bytes, cut }: Original): Rejected {
  const { code } = refusal;
  // Half of a character, where a reason shows the start of a text: no reader of JSON but JavaScript's takes it.
  const reason = refusal.reason.toWellFormed();
  const item = (text: object): Rejected => {
    const message = JSON.stringify({ reason, input, line, ...text });
    return {
      kind: "reject",
      code,
      printed: JSON.stringify({ line, reason, ...text }),
      message,
      bytes: Buffer.byteLength(message) + ENVELOPE_BYTES,
    };
  };
  const whole = cut || bytes.length > MAX_RECORD_BYTES ? undefined : item({ record: bytes.toString() });
  if (whole && whole.bytes <= MAX_RECORD_BYTES) return whole;
  return item({
    head: headOf(bytes),
    length: cut?.length ?? bytes.length,
    sha256: cut?.sha256 ?? createHash("sha256").update(bytes).digest("hex"),
  });
}

/** The first bytes as text, cut between two characters. */
function headOf(bytes: Buffer): string {
  let end = Math.min(HEAD_BYTES, bytes.length);
  while (end > HEAD_BYTES - 4 && end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString("utf8", 0, end);
}
