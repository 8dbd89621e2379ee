import { createHash, type Hash } from "node:crypto";

/** All bytes of a record, or the head, length and SHA-256 of one that is too long to hold. */
export type Content = Readonly<{ bytes: Buffer; cut?: Readonly<{ length: number; sha256: string }> }>;

const [TAB, LF, CR, SPACE] = [9, 10, 13, 32];
const isBlank = (byte: number | undefined) => byte === SPACE || byte === LF || byte === CR || byte === TAB;

/** The index of the first byte that is no JSON whitespace, or -1. */
export function firstNonBlank(bytes: Buffer): number {
  for (let at = 0; at < bytes.length; at++) if (!isBlank(bytes[at])) return at;
  return -1;
}

export function trimStart(bytes: Buffer): Buffer {
  const start = firstNonBlank(bytes);
  return bytes.subarray(start === -1 ? bytes.length : start);
}

export function trimEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && isBlank(bytes[end - 1])) end--;
  return bytes.subarray(0, end);
}

type Strip = (bytes: Buffer) => Buffer;
type Collector = Readonly<{ add(part: Buffer): void; take(last: Buffer): Content; isBlank(): boolean }>;

/** Puts one record together from its parts, less what `first` and `end` strip; of more than `held` bytes it keeps the head and hashes the rest. */
export function collector(held: number, first: Strip, end: Strip): Collector {
  let parts: Buffer[] = [];
  let length = 0;
  let long: { head: Buffer; hash: Hash; last: Buffer } | undefined;
  const add = (bytes: Buffer): void => {
    const part = length === 0 ? first(bytes) : bytes;
    if (part.length === 0) return;
    length += part.length;
    if (long) {
      // The end may still be stripped, so the last part that is not blank waits for the next one.
      if (firstNonBlank(part) === -1) long.last = Buffer.concat([long.last, part]);
      else {
        long.hash.update(long.last);
        long.last = part;
      }
      return;
    }
    parts.push(part);
    if (length <= held) return;
    const all = Buffer.concat(parts);
    long = { head: all.subarray(0, held), hash: createHash("sha256"), last: all };
    parts = [];
  };
  const finish = (): Content => {
    if (!long) return { bytes: end(Buffer.concat(parts)) };
    const last = end(long.last);
    return { bytes: long.head, cut: { length: length - long.last.length + last.length, sha256: long.hash.update(last).digest("hex") } };
  };
  return {
    add,
    take(last) {
      if (length === 0 && last.length <= held) return { bytes: end(first(last)) };
      add(last);
      const content = finish();
      [parts, length, long] = [[], 0, undefined];
      return content;
    },
    isBlank: () => length === 0 || (!long && parts.every((part) => firstNonBlank(part) === -1)),
  };
}
