import { createHash } from "node:crypto";
import type { Piece } from "./split.ts";

const LF = 10;

/** SHA-256 over the bytes of records, each ended by a line feed; of one too long to hold, over its hash and length. */
export function recordHash() {
  const hash = createHash("sha256");
  // One buffer for all: what a batch needs is much the same each time.
  let room = Buffer.allocUnsafeSlow(1 << 20);
  return {
    add(pieces: readonly Readonly<{ piece: Piece }>[]): void {
      const texts = pieces.map(({ piece: { bytes, cut } }) =>
        cut ? Buffer.from(`${cut.sha256} ${cut.length}`) : bytes,
      );
      const length = texts.reduce((sum, { length }) => sum + length + 1, 0);
      if (length > room.length) room = Buffer.allocUnsafeSlow(length);
      let at = 0;
      for (const text of texts) {
        room.set(text, at);
        at += text.length;
        room[at++] = LF;
      }
      hash.update(room.subarray(0, length));
    },
    digest: () => hash.copy().digest("hex"),
  };
}
