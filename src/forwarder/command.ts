import { once } from "node:events";
import { parserOf, type Run } from "../core/command.ts";
import { kafkaSettings } from "../core/kafka/settings.ts";
import { serviceLog } from "../core/service/log.ts";
import { startForwarder } from "./forwarder.ts";
import { forwarderSettings } from "./settings.ts";

/** Carries records from Kafka to Loki until it is told to end; the exit status is 0, or 1 where it could not start. */
export const run: Run = async (args, around) => {
  parserOf("forward", around)
    .description("Carries records and rejects from Kafka to Loki, until it is told to end.")
    .parse(args, { from: "user" });
  const log = serviceLog("forwarder");
  const settings = forwarderSettings(around.env);
  const forwarder = await startForwarder(kafkaSettings(around.env), settings, log);
  log.info({ loki: settings.loki.url, status: forwarder.statusUrl }, "started");
  const signal = around.interrupted();
  if (!signal.aborted) await once(signal, "abort");
  log.info("stopping");
  await forwarder.stop();
  log.info("stopped");
  return 0;
};
