import { listening } from "../core/env/addresses.ts";
import { setting } from "../core/env.ts";
import { type LokiAddress, lokiAddress } from "../core/loki.ts";
import { DATA_FOLDER } from "../core/service/disk.ts";
import { type ConsumerGroups, consumerGroups, groupsBeside } from "../core/topics.ts";

export type ForwarderSettings = Readonly<{
  loki: LokiAddress;
  groups: ConsumerGroups;
  dataFolder?: string | undefined;
  status: Readonly<{ host: string; port: number }>;
}>;

/**
 * Where Loki is (`LOKI_URL`, `LOKI_TENANT`), whether to read for oneself (`FORWARDER_GROUP`),
 * and where to answer for the forwarder's health (`FORWARDER_STATUS_ADDRESS`, host:port); throws a `UserError`.
 */
export function forwarderSettings(env: NodeJS.ProcessEnv): ForwarderSettings {
  const group = setting(env, "FORWARDER_GROUP");
  return {
    loki: lokiAddress(setting(env, "LOKI_URL"), setting(env, "LOKI_TENANT"))!,
    groups: group ? groupsBeside(group) : consumerGroups,
    dataFolder: setting(env, DATA_FOLDER),
    status: listening(setting(env, "FORWARDER_STATUS_ADDRESS"))!,
  };
}
