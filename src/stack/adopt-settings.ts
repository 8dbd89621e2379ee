import { needed } from "./needed.ts";
import { readSettings } from "./settings.ts";

/**
 * Gives this process those settings of `deploy/.env` that its program reads; throws a `UserError` for what cannot be
 * used. Kafka and Loki are the stack's own unless KAFKA_BROKERS and LOKI_URL say otherwise.
 */
export function adoptSettings(): void {
  const { env, ports } = readSettings();
  Object.assign(
    process.env,
    { KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`, LOKI_URL: `http://127.0.0.1:${ports.loki}` },
    needed(env),
  );
}
