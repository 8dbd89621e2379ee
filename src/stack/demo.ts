import { UserError } from "../core/errors.ts";
import { rootFolder } from "../core/places.ts";
import { needed } from "./needed.ts";
import { ownProgram } from "./own-program.ts";
import { run } from "./run.ts";
import type { Settings } from "./settings.ts";

/** Replays the bundled sample into the running stack, its newest record dated now. */
export async function replaySample({ env, ports }: Settings, signal: AbortSignal): Promise<void> {
  const args = ownProgram("ingest", "--timestamps", "replay");
  // An empty INGEST_FROM is the sample, whatever deploy/.env says; the stack's own Kafka takes no TLS or SASL.
  const elsewhere = Object.fromEntries(
    Object.keys(env).flatMap((name) => (/^KAFKA_(SECURITY|SASL|SSL)_/.test(name) ? [[name, ""]] : [])),
  );
  const variables = { ...needed(env), ...elsewhere, INGEST_FROM: "", KAFKA_BROKERS: `127.0.0.1:${ports.kafka}` };
  await run(process.execPath, args, { cwd: rootFolder, env: variables, signal, inherit: true }).catch((cause) => {
    throw new UserError("the sample was not replayed; once the stack is up, npm run demo tries again.", { cause });
  });
}
