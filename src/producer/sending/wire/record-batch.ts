import { crc32c } from "@node-rs/crc32";
import type { Message } from "kafkajs";

/** What stands at the head of a record batch besides what its records say. */
export type Producer = Readonly<{ producerId: bigint; producerEpoch: number; firstSequence: number }>;
type Text = Buffer | string | null | undefined;

/** A record batch's head, and the most that a record needs besides its texts and headers. */
const HEAD = 61;
const RECORD = 40;
const VARINT = 5;
/** The largest number on which operators of bits work. */
const MOST_BITS = 0x7fffffff;
const MAGIC = 2;
const LENGTH_FROM = 12;
const CRC_FROM = 21;
/** Most objects hold few records; the room of many doubles until it is enough. */
const ROOM = 1 << 12;

/** An uncompressed record batch (format v2) as it is written; the times of its records count from `first`. */
export type RecordBatch = { bytes: Buffer; end: number; count: number; readonly first: number; newest: number };

export const emptyBatch = (first: number, room = ROOM): RecordBatch => ({
  bytes: Buffer.allocUnsafeSlow(HEAD + room),
  end: HEAD,
  count: 0,
  first,
  newest: Number.NEGATIVE_INFINITY,
});

const zigzag = (value: number) => (value >= 0 ? 2 * value : -2 * value - 1);

function sizeOfVarint(value: number): number {
  let size = 1;
  let rest = zigzag(value);
  for (; rest > MOST_BITS; rest = Math.floor(rest / 128)) size++;
  for (; rest >= 128; rest >>>= 7) size++;
  return size;
}

/** Writes an integer of up to 53 bits, and gives the place after it. */
function varint(into: Buffer, at: number, value: number): number {
  let [rest, next] = [zigzag(value), at];
  for (; rest > MOST_BITS; rest = Math.floor(rest / 128)) into[next++] = (rest % 128) | 128;
  for (; rest >= 128; rest >>>= 7) into[next++] = (rest & 127) | 128;
  into[next++] = rest;
  return next;
}

/** The most bytes of UTF-8 that a unit of a string becomes. */
const WIDEST = 3;
const mostBytesOf = (text: Text) => (typeof text === "string" ? WIDEST * text.length : (text?.length ?? 0));

/** At least as many bytes as a message takes in a record batch. */
export function mostOf({ key, value, headers }: Message): number {
  let most = RECORD + mostBytesOf(key) + mostBytesOf(value);
  for (const name in headers) {
    const held = headers[name];
    if (!Array.isArray(held)) most += 2 * VARINT + WIDEST * name.length + mostBytesOf(held);
    else for (const one of held) most += 2 * VARINT + WIDEST * name.length + mostBytesOf(one);
  }
  return most;
}

/** Up to here, a call for a text takes longer than its letters. */
const SHORT = 24;
/** The last of the units of a string that are one byte. */
const ASCII = 127;

function written(into: Buffer, at: number, text: string): number {
  if (text.length > SHORT) return into.write(text, at);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > ASCII) return into.write(text, at);
    into[at + index] = unit;
  }
  return text.length;
}

/** Moves what was written behind a size that is as wide as `guessed`, and writes the size before it. */
function behindItsSize(
  into: Buffer,
  at: number,
  { size, guessed }: Readonly<{ size: number; guessed: number }>,
): number {
  const width = sizeOfVarint(size);
  if (width !== guessed) into.copyWithin(at + width, at + guessed, at + guessed + size);
  return varint(into, at, size) + size;
}

function sized(into: Buffer, at: number, text: Text): number {
  if (text === null || text === undefined) return varint(into, at, -1);
  const guessed = sizeOfVarint(text.length);
  if (typeof text === "string") return behindItsSize(into, at, { size: written(into, at + guessed, text), guessed });
  into.set(text, at + guessed);
  return varint(into, at, text.length) + text.length;
}

/** Most records are 64 to 8191 bytes long. */
const RECORD_SIZE = 2;

/** Writes a message behind those that a batch has, `time` in milliseconds since 1970. */
export function append(
  batch: RecordBatch,
  { key, value, headers }: Message,
  { time, most }: Readonly<{ time: number; most: number }>,
): void {
  if (batch.bytes.length - batch.end < most) {
    const grown = Buffer.allocUnsafeSlow(2 * batch.bytes.length + most);
    batch.bytes.copy(grown, 0, 0, batch.end);
    batch.bytes = grown;
  }
  const { bytes: into, end: at } = batch;
  let next = at + RECORD_SIZE;
  into[next++] = 0;
  next = varint(into, next, time - batch.first);
  next = varint(into, next, batch.count);
  next = sized(into, next, key);
  next = sized(into, next, value);
  let count = 0;
  for (const name in headers) count += Array.isArray(headers[name]) ? headers[name].length : 1;
  next = varint(into, next, count);
  for (const name in headers) {
    const held = headers[name];
    if (!Array.isArray(held)) next = sized(into, sized(into, next, name), held);
    else for (const one of held) next = sized(into, sized(into, next, name), one);
  }
  batch.end = behindItsSize(into, at, { size: next - at - RECORD_SIZE, guessed: RECORD_SIZE });
  batch.count++;
  if (time > batch.newest) batch.newest = time;
}

/** The batch with its head, for one more or the first attempt of a producer to send it. */
export function sealed({ bytes: into, end, count, first, newest }: RecordBatch, producer: Producer): Buffer {
  into.writeBigInt64BE(0n, 0);
  into.writeInt32BE(end - LENGTH_FROM, 8);
  into.writeInt32BE(0, LENGTH_FROM);
  into.writeInt8(MAGIC, 16);
  into.writeInt16BE(0, CRC_FROM);
  into.writeInt32BE(count - 1, 23);
  into.writeBigInt64BE(BigInt(first), 27);
  into.writeBigInt64BE(BigInt(newest), 35);
  into.writeBigInt64BE(producer.producerId, 43);
  into.writeInt16BE(producer.producerEpoch, 51);
  into.writeInt32BE(producer.firstSequence, 53);
  into.writeInt32BE(count, 57);
  into.writeUInt32BE(crc32c(into.subarray(CRC_FROM, end)), 17);
  return into.subarray(0, end);
}
