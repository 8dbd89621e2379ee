import { once } from "node:events";
import { parserOf, type Run } from "../../core/command.ts";
import { serviceLog } from "../../core/service/log.ts";
import { startStore } from "../../logql/server/server.ts";
import { optionsFrom } from "./options.ts";

const BANNER = "The embedded store, for trying out and for tests: data that matters belongs into Loki.";

/** Serves the embedded store until it is told to end; the exit status is 0, or 1 where it could not start. */
export const run: Run = async (args, around) => {
  parserOf("store", around)
    .description(`${BANNER} Set up by LOKI_PORT, STORE_FOLDER, STORE_MAX_LINES, STORE_RETENTION, STORE_TENANTS.`)
    .parse(args, { from: "user" });
  const log = serviceLog("store");
  const options = optionsFrom(around.env);
  const { folder = "memory only", maxLines } = options;
  const store = await startStore({ ...options, log });
  log.info({ url: store.url, folder, lines: store.lines(), maxLines }, BANNER);
  const signal = around.interrupted();
  if (!signal.aborted) await once(signal, "abort");
  await store.close();
  log.info("stopped");
  return 0;
};
