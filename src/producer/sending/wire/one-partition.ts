import type { Message } from "kafkajs";
import type { RecordBatch } from "./record-batch.ts";

/** The messages of one partition, as kafkajs is given them; `batch` where they stand in a record batch already. */
export type OnePartition = Message[] & Readonly<{ batch?: RecordBatch }>;

/**
 * The same messages, all of the partition that the first one names.
 * kafkajs 2.2.4 sorts a request by partition and copies the list anew for each message, by `reduce`:
 * these say at once what that comes to.
 */
export function ofOnePartition(messages: Message[]): OnePartition {
  const sorted = { [messages[0]?.partition ?? 0]: messages };
  return Object.defineProperty(messages, "reduce", { value: () => sorted, configurable: true });
}

/** What kafkajs asks of a list of messages, said of a record batch: its length, none without a value, one partition. */
export function ofBatch(batch: RecordBatch, partition: number): OnePartition {
  const messages = { batch, length: batch.count, find: () => undefined, reduce: () => ({ [partition]: messages }) };
  return messages as unknown as OnePartition;
}
