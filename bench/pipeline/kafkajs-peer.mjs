import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import kafkajs from "kafkajs";

/**
 * Sends the lines of a file as they are, by kafkajs alone: idempotent, acknowledged by all replicas, in batches of the
 * producer's size. It is plain JavaScript, so that no loader counts.
 */
const [file = "", topic = ""] = process.argv.slice(2);
const BATCH = 1000;
const kafka = new kafkajs.Kafka({
  brokers: (process.env.KAFKA_BROKERS ?? "").split(","),
  logLevel: kafkajs.logLevel.NOTHING,
});
const producer = kafka.producer({ idempotent: true });
await producer.connect();
let messages = [];
let sent = Promise.resolve();
const flush = async () => {
  await sent;
  sent = producer.send({ topic, acks: -1, messages });
  messages = [];
};
for await (const value of createInterface(createReadStream(file, { highWaterMark: 256 * 1024 }))) {
  messages.push({ value });
  if (messages.length === BATCH) await flush();
}
if (messages.length > 0) await flush();
await sent;
process.exit();
