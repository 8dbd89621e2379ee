import { UserError } from "../core/errors.ts";
import { maskedSetting } from "../core/masked.ts";
import { DATA_FOLDER } from "../core/service/disk.ts";
import { type ConsumerGroups, consumerGroups, groupsBeside } from "../core/topics.ts";
import { type LokiAddress, lokiAddress } from "./push.ts";

export type ForwarderSettings = Readonly<{
  loki: LokiAddress;
  groups: ConsumerGroups;
  dataFolder?: string | undefined;
  status: Readonly<{ host: string; port: number }>;
}>;

const GROUP = /^[\w.-]{1,200}$/;

function groupsOf(name: string | undefined): ConsumerGroups {
  if (!name) return consumerGroups;
  const used = Object.values(consumerGroups).includes(name);
  if (used || !GROUP.test(name))
    throw new UserError(
      `FORWARDER_GROUP is "${maskedSetting(name)}"; set it to a name of your own, of letters, digits, dots and hyphens.`,
    );
  return groupsBeside(name);
}

/** Where Loki is (`LOKI_URL`, `LOKI_TENANT`), whether to read for oneself (`FORWARDER_GROUP`), and where to answer for the forwarder's health (`FORWARDER_STATUS_ADDRESS`, host:port); throws a `UserError`. */
export function forwarderSettings(env: NodeJS.ProcessEnv): ForwarderSettings {
  const loki = lokiAddress(env.LOKI_URL || "http://127.0.0.1:3100", env.LOKI_TENANT);
  if (!loki)
    throw new UserError(
      `LOKI_URL is "${maskedSetting(env.LOKI_URL ?? "")}"; set it to an address such as http://127.0.0.1:3100.`,
    );
  const address = env.FORWARDER_STATUS_ADDRESS || "127.0.0.1:9465";
  const [, host = "", port = ""] = /^(.+):(\d{1,5})$/.exec(address) ?? [];
  if (!host || Number(port) > 65_535)
    throw new UserError(
      `FORWARDER_STATUS_ADDRESS is "${maskedSetting(address)}"; set it to host:port, such as 127.0.0.1:9465.`,
    );
  const groups = groupsOf(env.FORWARDER_GROUP);
  return {
    loki,
    groups,
    dataFolder: env[DATA_FOLDER] || undefined,
    status: { host: host.replace(/^\[(.*)\]$/, "$1"), port: Number(port) },
  };
}
