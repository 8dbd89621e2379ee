import { pino, stdTimeFunctions } from "pino";
import { optionsFrom, StoreError } from "./options.ts";
import { startStore } from "./server.ts";

const log = pino({ level: process.env.LOG_LEVEL || "info", base: { service: "store" }, timestamp: stdTimeFunctions.isoTime });

try {
  const options = optionsFrom(process.env);
  const store = await startStore({ ...options, log });
  const { folder = "memory only", maxLines } = options;
  log.info(
    { url: store.url, folder, lines: store.lines(), maxLines },
    "The embedded store, for trying out and for tests: data that matters belongs into Loki.",
  );
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, async () => {
      await store.close();
      log.info({ signal }, "stopped");
      process.exit(0);
    });
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
