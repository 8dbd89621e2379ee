import type { Message } from "kafkajs";
import { crc32c } from "./crc32c.ts";

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

const bytesOf = (text: Text) => (typeof text === "string" ? Buffer.byteLength(text) : (text?.length ?? 0));
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

function sized(into: Buffer, at: number, text: Text, length: number): number {
  if (text === null || text === undefined) return varint(into, at, -1);
  const start = varint(into, at, length);
  if (typeof text === "string") into.write(text, start, length);
  else into.set(text, start);
  return start + length;
}

const sizeOf = (text: Text, length: number) =>
  text === null || text === undefined ? 1 : sizeOfVarint(length) + length;

/** The most bytes of UTF-8 that a unit of a string becomes. */
const WIDEST = 3;
const mostBytesOf = (text: Text) => (typeof text === "string" ? WIDEST * text.length : (text?.length ?? 0));

/** At least as many bytes as the messages take in a record batch: memory that is not written to costs nothing. */
export function roomFor(messages: readonly Message[]): number {
  let room = HEAD;
  for (const { key, value, headers } of messages) {
    room += RECORD + mostBytesOf(key) + mostBytesOf(value);
    for (const name in headers) {
      const held = headers[name];
      if (!Array.isArray(held)) room += 2 * VARINT + WIDEST * name.length + mostBytesOf(held);
      else for (const one of held) room += 2 * VARINT + WIDEST * name.length + mostBytesOf(one);
    }
  }
  return room;
}

/** Writes an uncompressed record batch (format v2); gives the place after it. A message without time gets `now`. */
export function writeRecordBatch(
  into: Buffer,
  at: number,
  messages: readonly Message[],
  { producerId, producerEpoch, firstSequence }: Producer,
  now: number,
): number {
  let [first, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { timestamp } of messages) {
    const time = timestamp === undefined ? now : Number(timestamp);
    [first, newest] = [Math.min(first, time), Math.max(newest, time)];
  }
  let end = at + HEAD;
  for (let index = 0; index < messages.length; index++) {
    const { timestamp } = messages[index]!;
    end = writeRecord(into, end, messages[index]!, index, (timestamp === undefined ? now : Number(timestamp)) - first);
  }
  into.writeBigInt64BE(0n, at);
  into.writeInt32BE(end - at - LENGTH_FROM, at + 8);
  into.writeInt32BE(0, at + LENGTH_FROM);
  into.writeInt8(MAGIC, at + 16);
  into.writeInt16BE(0, at + CRC_FROM);
  into.writeInt32BE(messages.length - 1, at + 23);
  into.writeBigInt64BE(BigInt(first), at + 27);
  into.writeBigInt64BE(BigInt(newest), at + 35);
  into.writeBigInt64BE(producerId, at + 43);
  into.writeInt16BE(producerEpoch, at + 51);
  into.writeInt32BE(firstSequence, at + 53);
  into.writeInt32BE(messages.length, at + 57);
  into.writeUInt32BE(crc32c(into.subarray(at + CRC_FROM, end)), at + 17);
  return end;
}

function writeRecord(into: Buffer, at: number, { key, value, headers }: Message, index: number, delta: number): number {
  const [keyBytes, valueBytes] = [bytesOf(key), bytesOf(value)];
  let [count, size] = [
    0,
    1 + sizeOfVarint(delta) + sizeOfVarint(index) + sizeOf(key, keyBytes) + sizeOf(value, valueBytes),
  ];
  for (const name in headers) {
    const [nameSize, held] = [sizeOf(name, Buffer.byteLength(name)), headers[name]];
    if (Array.isArray(held)) for (const one of held) size += nameSize + sizeOf(one, bytesOf(one));
    else size += nameSize + sizeOf(held, bytesOf(held));
    count += Array.isArray(held) ? held.length : 1;
  }
  let next = varint(into, at, size + sizeOfVarint(count));
  into[next++] = 0;
  next = varint(into, next, delta);
  next = varint(into, next, index);
  next = sized(into, next, key, keyBytes);
  next = sized(into, next, value, valueBytes);
  next = varint(into, next, count);
  for (const name in headers) {
    const held = headers[name];
    if (Array.isArray(held)) for (const one of held) next = header(into, next, name, one);
    else next = header(into, next, name, held);
  }
  return next;
}

const header = (into: Buffer, at: number, name: string, held: Text): number =>
  sized(into, sized(into, at, name, Buffer.byteLength(name)), held, bytesOf(held));
