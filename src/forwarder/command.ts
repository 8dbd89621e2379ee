import { once } from "node:events";
import { parserOf, type Run } from "../core/command.ts";
import { UserError } from "../core/errors.ts";
import { kafkaSettings } from "../core/kafka/settings.ts";
import { serviceLog } from "../core/service/log.ts";
import { startForwarder } from "./forwarder.ts";
import { forwarderSettings } from "./settings.ts";

const CANNOT_LISTEN = ["EADDRINUSE", "EADDRNOTAVAIL", "ENOTFOUND", "EACCES"];

function explained(error: unknown): never {
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (!CANNOT_LISTEN.includes(code)) throw error;
  throw new UserError(
    `The forwarder cannot listen on FORWARDER_STATUS_ADDRESS (${message}); set it to a free host:port.`,
    { cause: error },
  );
}

/** Carries records from Kafka to Loki until it is told to end; the exit status is 0, or 1 where it could not start. */
export const run: Run = async (args, around) => {
  parserOf("forward", around)
    .description("Carries records and rejects from Kafka to Loki, until it is told to end.")
    .parse(args, { from: "user" });
  const log = serviceLog("forwarder");
  const settings = forwarderSettings(around.env);
  const forwarder = await startForwarder(kafkaSettings(around.env), settings, log).catch(explained);
  log.info({ loki: settings.loki.url, status: forwarder.statusUrl }, "started");
  const signal = around.interrupted();
  if (!signal.aborted) await once(signal, "abort");
  log.info("stopping");
  await forwarder.stop();
  log.info("stopped");
  return 0;
};
