import { KafkaSettingsError, kafkaSettings } from "../core/kafka/settings.ts";
import { serviceLog } from "../core/service/log.ts";
import { sentence } from "../core/visible.ts";
import { startForwarder } from "./forwarder.ts";
import { forwarderSettings } from "./settings.ts";

const log = serviceLog("forwarder");

try {
  const settings = forwarderSettings(process.env);
  const forwarder = await startForwarder(kafkaSettings(process.env), settings, log);
  log.info({ loki: settings.loki.url, status: forwarder.statusUrl }, "started");
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, async () => {
      log.info({ signal }, "stopping");
      await forwarder.stop();
      log.info("stopped");
      process.exit(0);
    });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof KafkaSettingsError) process.stderr.write(`${sentence(message)}\n`);
  else if (code === "EADDRINUSE" || code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EACCES")
    process.stderr.write(`The forwarder cannot listen on FORWARDER_STATUS_ADDRESS (${sentence(message)}); set it to a free host:port.\n`);
  else throw error;
  process.exit(1);
}
