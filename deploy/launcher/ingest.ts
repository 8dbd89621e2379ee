import { messageOf } from "./errors.ts";
import { readSettings } from "./settings.ts";

/** The producer with the settings of `deploy/.env`; it sends to the stack's own Kafka unless KAFKA_BROKERS says otherwise. */
try {
  const { env, ports } = readSettings();
  Object.assign(process.env, { KAFKA_BROKERS: `127.0.0.1:${ports.kafka}` }, env);
} catch (error) {
  console.error(messageOf(error));
  process.exit(1);
}
await import("../../src/producer/cli.ts");
