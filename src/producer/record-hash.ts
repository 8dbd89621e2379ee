import { createHash } from "node:crypto";
import type { Piece } from "./split.ts";

const LF = Buffer.from("\n");

/** SHA-256 over the bytes of records, each ended by a line feed; of one that is too long to hold, over its own hash and length. */
export function recordHash() {
  const hash = createHash("sha256");
  return {
    add: (pieces: readonly Readonly<{ piece: Piece }>[]) =>
      void hash.update(Buffer.concat(pieces.flatMap(({ piece: { bytes, cut } }) => [cut ? Buffer.from(`${cut.sha256} ${cut.length}`) : bytes, LF]))),
    digest: () => hash.copy().digest("hex"),
  };
}
