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

/** How many bytes of a part stay if the rest is no more of the record; `undefined` if none is surely the record's. */
type Kept = (part: Buffer) => number | undefined;

/** All blanks at the end are no part of the record. */
export const untilLastNonBlank: Kept = (part) => {
  let end = part.length;
  while (end > 0 && isBlank(part[end - 1])) end--;
  return end || undefined;
};

/** One carriage return at the end is no part of the record. */
export const untilReturn: Kept = (part) => part.length - (part.at(-1) === CR ? 1 : 0);

type Strip = (bytes: Buffer) => Buffer;
type Collector = Readonly<{ add(part: Buffer): void; take(last: Buffer): Content; isEmpty(): boolean }>;
/**
 * A record longer than what is held: its head, whether all of it is blank, and the hash over it.
 * `kept` and `keptHash` are length and hash up to what its end may strip.
 */
type Long = { head: Buffer; blank: boolean; hash: Hash; kept: number; keptHash: Hash };

/**
 * Puts one record together from its parts, less what `first` and the end strip.
 * Of more than `held` bytes it keeps the head and hashes the rest.
 * Each byte is looked at a fixed number of times, and what the end may strip is not held either.
 */
export function collector(held: number, first: Strip, kept: Kept): Collector {
  let parts: Buffer[] = [];
  let length = 0;
  let long: Long | undefined;
  const hashed = (to: Long, part: Buffer, before: number): void => {
    to.blank &&= firstNonBlank(part) === -1;
    const sure = kept(part);
    if (sure === undefined) to.hash.update(part);
    else {
      to.keptHash = to.hash.update(part.subarray(0, sure)).copy();
      to.kept = before + sure;
      to.hash.update(part.subarray(sure));
    }
  };
  const add = (bytes: Buffer): void => {
    const part = length === 0 ? first(bytes) : bytes;
    if (part.length === 0) return;
    const before = length;
    length += part.length;
    if (long) {
      hashed(long, part, before);
      return;
    }
    parts.push(part);
    if (length <= held) return;
    const all = Buffer.concat(parts);
    const hash = createHash("sha256");
    // A copy: a view would keep the whole part in memory.
    long = { head: Buffer.from(all.subarray(0, held)), blank: true, hash, kept: 0, keptHash: hash };
    hashed(long, all, 0);
    parts = [];
  };
  const whole = (bytes: Buffer): Content => {
    const length = kept(bytes) ?? 0;
    return { bytes: length === bytes.length ? bytes : bytes.subarray(0, length) };
  };
  const finish = (): Content => {
    if (!long) return whole(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
    const { head, blank, kept: length, keptHash } = long;
    if (blank) return { bytes: head.subarray(0, 0) };
    // What made it long were blanks that are no part of it.
    if (length <= held) return { bytes: head.subarray(0, length) };
    return { bytes: head, cut: { length, sha256: keptHash.digest("hex") } };
  };
  return {
    add,
    take(last) {
      if (length === 0 && last.length <= held) return whole(first(last));
      add(last);
      const content = finish();
      [parts, length, long] = [[], 0, undefined];
      return content;
    },
    isEmpty: () => length === 0,
  };
}
