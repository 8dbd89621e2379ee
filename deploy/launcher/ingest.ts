import { messageOf } from "./errors.ts";
import { readSettings } from "./settings.ts";

/** The producer with the settings of `deploy/.env`; it sends to the stack's own Kafka unless KAFKA_BROKERS says otherwise. */
try {
  const { env, ports } = readSettings();
  // npm runs this in the project's folder; a file is named from where the user stands.
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  Object.assign(process.env, { KAFKA_BROKERS: `127.0.0.1:${ports.kafka}` }, env);
} catch (error) {
  console.error(messageOf(error));
  process.exit(1);
}
await import("../../src/producer/cli.ts");
