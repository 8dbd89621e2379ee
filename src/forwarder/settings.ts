import { listening } from "../core/env/addresses.ts";
import { setting } from "../core/env.ts";
import { DATA_FOLDER } from "../core/service/disk.ts";
import { type LokiAddress, lokiAddress } from "./push.ts";

export type ForwarderSettings = Readonly<{ loki: LokiAddress; dataFolder?: string | undefined; status: Readonly<{ host: string; port: number }> }>;

/** Where Loki is (`LOKI_URL`, `LOKI_TENANT`) and where to answer for the forwarder's health (`FORWARDER_STATUS_ADDRESS`, host:port); throws a `UserError`. */
export const forwarderSettings = (env: NodeJS.ProcessEnv): ForwarderSettings => ({
  loki: lokiAddress(setting(env, "LOKI_URL"), setting(env, "LOKI_TENANT"))!,
  dataFolder: setting(env, DATA_FOLDER),
  status: listening(setting(env, "FORWARDER_STATUS_ADDRESS"))!,
});
