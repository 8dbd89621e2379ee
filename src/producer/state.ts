import { randomUUID } from "node:crypto";
import type { Consumer, Kafka, Message } from "kafkajs";
import { z } from "zod";
import { topics } from "../topics.ts";
import { UserError } from "./errors.ts";
import type { Item } from "./items.ts";
import { applyChange, type OpenFailures } from "./recovery.ts";

const MOST_MS = 30_000;
const stored = z.object({ fin: z.string() });

/** What the state topic holds: the failures that no run has seen recover. Reads to the end that the topic has now; throws a `UserError` after 30 s. */
export async function loadOpenFailures(kafka: Kafka): Promise<OpenFailures> {
  const open: OpenFailures = new Map();
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [partition] = await admin.fetchTopicOffsets(topics.state);
    if (!partition || partition.low === partition.high) return open;
    const groupId = `${topics.state}-${randomUUID()}`;
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
    try {
      await readUntil(consumer, BigInt(partition.high), (key, value) => applyChange(open, { key, fin: finOf(value) }));
    } finally {
      await consumer.disconnect();
      // The group is empty and would expire by itself: a failure to delete it is no failure of the run.
      await admin.deleteGroups([groupId]).catch(() => {});
    }
    return open;
  } finally {
    await admin.disconnect();
  }
}

/** Reads the topic from its start to the offset `end`; compaction leaves gaps, so the last offset of a batch counts, not the number of messages. */
async function readUntil(consumer: Consumer, end: bigint, each: (key: string, value: string | undefined) => void): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topic: topics.state, fromBeginning: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new UserError(`The open failures could not be read from the topic ${topics.state} within ${MOST_MS / 1000} s; is Kafka overloaded?`)),
        MOST_MS,
      );
      consumer.on("consumer.crash", ({ payload }) => reject(payload.error));
      const eachBatch = async ({ batch }: { batch: { messages: { key: Buffer | null; value: Buffer | null }[]; lastOffset(): string } }) => {
        for (const { key, value } of batch.messages) if (key) each(key.toString(), value?.toString());
        if (BigInt(batch.lastOffset()) + 1n >= end) resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(reject);
    });
  } finally {
    clearTimeout(timer);
  }
}

function finOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return stored.parse(JSON.parse(value)).fin;
  } catch {
    return undefined;
  }
}

/** The messages that store what delivered records opened and closed: the last change of each key, a tombstone for a recovery. */
export function stateMessages(items: readonly Item[]): Message[] {
  const last = new Map<string, string | undefined>();
  for (const item of items) if (item.kind === "record" && item.change) last.set(item.change.key, item.change.fin);
  return [...last].map(([key, fin]) => ({ key, value: fin === undefined ? null : JSON.stringify({ fin }) }));
}
