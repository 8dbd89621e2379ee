import { CompressionTypes, type Message } from "kafkajs";
import { UserError } from "../../core/errors.ts";
import { edges, heldBy, withAdmin } from "../../core/kafka/admin.ts";
import { topicReader } from "../../core/kafka/reader.ts";
import { topics } from "../../core/topics.ts";
import type { Connection } from "../sending/connection.ts";
import { emptyState, keep, type StateMessage, takeIn } from "./fold.ts";
import { readObjectState } from "./shape.ts";

const MANY = 100;

/** The state topic as it is read and written: `state` is what was read of it up to now. */
export type StateTopic = ReturnType<typeof stateTopic>;

export function stateTopic({ kafka, notes, safely, patiently }: Connection) {
  const state = emptyState();
  const readerOf = (each: (message: StateMessage) => void) =>
    topicReader(kafka, {
      topics: [topics.state],
      each: ({ message: { timestamp, key, value } }) => {
        if (key) each({ time: Number(timestamp), key: key.toString(), value: value?.toString() });
      },
    });
  const reader = readerOf((message) => takeIn(state, message));
  /** Sends to the topic and gives the first message's offset. */
  const store = async (messages: Message[]): Promise<number> => {
    const compression = messages.length > MANY ? CompressionTypes.GZIP : CompressionTypes.None;
    const [answer] = await notes.send({ topic: topics.state, acks: -1, compression, messages });
    if (answer?.logAppendTime === "-1")
      throw new UserError(
        `The topic ${topics.state} does not carry the broker's times; start the stack with "npm start", or run "npx ingestion create-topics" once.`,
      );
    return Number(answer?.baseOffset ?? 0);
  };
  /** Reads the topic once more, from its start to its end of now. */
  const readAgain = (each: (message: StateMessage) => void) =>
    safely(async () => {
      const held = await withAdmin(kafka, (admin) => heldBy(admin, [topics.state]));
      const again = readerOf(each);
      await again.until(edges(held, "high")).finally(again.close);
    });
  return {
    state,
    store,
    /** Does something with the topic, again while Kafka restarts; throws a sentence where it cannot be done. */
    surely: <T>(action: () => Promise<T>) => safely(() => patiently(action)),
    /** Waits until `state` holds all before an offset. */
    until: (offset: number) => reader.until({ [topics.state]: { 0: offset } }),
    check: () => safely(reader.check),
    close: reader.close,
    readAgain,
    /** Has the states of inputs at hand that were let go of. */
    async recall(keys: readonly string[]): Promise<void> {
      const missing = new Set(keys.filter((key) => state.inputs.has(key) && !state.objects.has(key)));
      if (missing.size === 0) return;
      await readAgain(({ key, value, time }) => {
        const read = missing.has(key) && value !== undefined ? readObjectState(value) : undefined;
        // What was read meanwhile is newer.
        if (read && (state.objects.get(key)?.time ?? 0) <= time) keep(state, key, { time, state: read });
      });
    },
  };
}
