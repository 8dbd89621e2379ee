import { sentences } from "../core/visible.ts";
import { needed } from "./needed.ts";
import { readSettings } from "./settings.ts";

/**
 * Gives this process those settings of `deploy/.env` that its program reads, and the folder in which the user stands.
 * Kafka and Loki are the stack's own unless KAFKA_BROKERS and LOKI_URL say otherwise.
 * Settings that cannot be used end it with `status`.
 */
export function adoptSettings(status: number): void {
  try {
    const { env, ports } = readSettings();
    // npm runs this in the project's folder; a file is named from where the user stands.
    if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
    Object.assign(
      process.env,
      { KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`, LOKI_URL: `http://127.0.0.1:${ports.loki}` },
      needed(env),
    );
  } catch (error) {
    console.error(sentences((error as Error).message));
    process.exit(status);
  }
}
