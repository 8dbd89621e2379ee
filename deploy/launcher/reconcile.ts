import { messageOf } from "./errors.ts";
import { readSettings } from "./settings.ts";

/** The comparison with the settings of `deploy/.env`; it asks the stack's own Kafka and Loki unless KAFKA_BROKERS and LOKI_URL say otherwise. */
try {
  const { env, ports } = readSettings();
  Object.assign(process.env, { KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`, LOKI_URL: `http://127.0.0.1:${ports.loki}` }, env);
} catch (error) {
  console.error(messageOf(error));
  process.exit(2);
}
await import("../../src/reconcile/cli.ts");
