import { createRequire } from "node:module";
import type { Message } from "kafkajs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ProduceOptions, produceBody, useOwnEncoder } from "../../../src/producer/sending/wire/produce-request.ts";
import { append, emptyBatch, mostOf, sealed } from "../../../src/producer/sending/wire/record-batch.ts";

const load = createRequire(import.meta.url);
const theirs: (options: ProduceOptions) => { encode(): Promise<{ buffer: Buffer }> } = load(
  "kafkajs/src/protocol/requests/produce/v7/request",
);
const NOW = Date.UTC(2026, 9, 5);

const options = (messages: Message[], more: Partial<ProduceOptions> = {}): ProduceOptions => ({
  acks: -1,
  timeout: 30_000,
  producerId: "9007199254740993",
  producerEpoch: 7,
  topicData: [{ topic: "journaux-é", partitions: [{ partition: 2, firstSequence: 4321, messages }] }],
  ...more,
});
const many = Array.from({ length: 500 }, (_, index) => ({
  key: `s${index % 7}`,
  value: "x".repeat(index * 3),
  timestamp: String(NOW + ((index * 7919) % 900)),
}));

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

test.each<[string, ProduceOptions]>([
  ["one record", options([{ key: "Efficy", value: "{}" }])],
  [
    "no key, no value, empty texts",
    options([{ value: null }, { key: null, value: "" }, { key: "", value: Buffer.alloc(0) }]),
  ],
  [
    "texts of every width and bytes that are none",
    options([
      { key: "é", value: "aé€😀\u0000\uD800" },
      { key: Buffer.from([0xff, 0]), value: Buffer.from("b") },
    ]),
  ],
  [
    "headers: text, bytes, several of a name",
    options([
      { value: "v", headers: { input: Buffer.from("s3://é"), position: "12", all: ["a", Buffer.from("b")] } },
      { value: "w" },
    ]),
  ],
  ["500 records in no order of time", options(many)],
  [
    "records months apart, and one without a time",
    options([
      { value: "a", timestamp: String(NOW - 9_000_000_000) },
      { value: "b" },
      { value: "c", timestamp: String(NOW) },
    ]),
  ],
  ["a line of 256 KB", options([{ value: "é".repeat(131_072) }])],
  [
    "several partitions and topics",
    options([], {
      topicData: ["a", "b"].map((topic) => ({
        topic,
        partitions: [0, 1].map((partition) => ({ partition, messages: many })),
      })),
    }),
  ],
  [
    "a producer that is not idempotent",
    options([{ value: "a" }], { producerId: undefined, producerEpoch: undefined } as never),
  ],
])("a request with %s is the one of kafkajs, byte for byte", async (_, asked) => {
  expect(produceBody(asked).equals((await theirs(asked).encode()).buffer)).toBe(true);
});

test("a batch that is written as its records come is read by kafkajs, records older than the first among them", async () => {
  const Decoder = load("kafkajs/src/protocol/decoder");
  const decode = load("kafkajs/src/protocol/recordBatch/v0/decoder");
  const crc32C = load("kafkajs/src/protocol/recordBatch/crc32C");
  const times = [NOW, NOW - 9_000_000_000, NOW + 900, NOW - 1];
  const batch = emptyBatch(NOW, 16);
  for (const [index, time] of times.entries()) {
    const message = { key: `k${index}`, value: "é".repeat(100 * index), headers: { position: String(index) } };
    append(batch, message, { time, most: mostOf(message) });
  }
  const bytes = sealed(batch, { producerId: 5n, producerEpoch: 1, firstSequence: 7 });
  const read = await decode(new Decoder(bytes));
  expect(read).toMatchObject({ firstSequence: 7, producerEpoch: 1, maxTimestamp: String(NOW + 900) });
  expect(
    read.records.map(({ timestamp, key, value, headers }: Record<string, Buffer> & { headers: { position: Buffer } }) =>
      [timestamp, key, value, headers.position].map(String),
    ),
  ).toEqual(times.map((time, index) => [String(time), `k${index}`, "é".repeat(100 * index), String(index)]));
  expect(bytes.readUInt32BE(17)).toBe(crc32C(bytes.subarray(21)));
});

test("kafkajs uses the own encoder where it may", () => {
  useOwnEncoder();
  const { protocol } = load("kafkajs/src/protocol/requests/produce");
  const encode = (version: number, more: Partial<ProduceOptions> = {}) =>
    protocol({ version })(options([{ value: "a" }], more)).request.encode();
  const isOwn = async (encoded: Promise<{ buf: Buffer; buffer: Buffer }>) =>
    (await encoded).buf === (await encoded).buffer;
  return expect(
    Promise.all([encode(7), encode(7, { compression: 1 }), encode(7, { transactionalId: "t" }), encode(6)].map(isOwn)),
  ).resolves.toEqual([true, false, false, false]);
});
