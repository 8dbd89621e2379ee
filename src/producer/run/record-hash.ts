import { createHash } from "node:crypto";
import type { Piece } from "../reading/split.ts";

const LF = 10;
/** Records wait here to be hashed together. */
const ROOM = 1 << 16;

/** SHA-256 over the bytes of records, each ended by a line feed; of one too long to hold, over its hash and length. */
export function recordHash() {
  const hash = createHash("sha256");
  const room = Buffer.allocUnsafeSlow(ROOM);
  let at = 0;
  const flush = () => {
    hash.update(room.subarray(0, at));
    at = 0;
  };
  return {
    add({ bytes, cut }: Piece): void {
      const text = cut ? Buffer.from(`${cut.sha256} ${cut.length}`) : bytes;
      if (at + text.length >= ROOM) flush();
      if (text.length >= ROOM) hash.update(text);
      else {
        room.set(text, at);
        at += text.length;
      }
      room[at++] = LF;
    },
    digest: () => {
      flush();
      return hash.copy().digest("hex");
    },
  };
}
