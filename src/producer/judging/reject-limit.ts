import { ENVELOPE_BYTES } from "../../core/kafka/limits.ts";
import type { Item, Rest } from "./items.ts";

type Span = Readonly<{ records: number; first: number; last: number }>;

/**
 * Lets so many rejects of an input through as they are.
 * `rest` is one that stands for all others, if there are any, and the place of the last of them.
 */
export function rejectLimit(most: number, input: string) {
  let count = 0;
  let more: Span | undefined;
  return {
    limited(item: Item, position: number): Item {
      if (item.kind !== "reject" || ++count <= most) return item;
      more = { records: (more?.records ?? 0) + 1, first: more?.first ?? position, last: position };
      return { kind: "untold", code: item.code, bytes: 0 };
    },
    rest: () => more && { item: restOf(input, { ...more, most }), position: more.last },
  };
}

/** The reject of an input that says how many more there were than `most`, from the `first` place to the `last`. */
function restOf(input: string, { records, first, last, most }: Span & Readonly<{ most: number }>): Rest {
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
