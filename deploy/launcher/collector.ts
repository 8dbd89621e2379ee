import { LauncherError } from "./errors.ts";

export const collectors = ["promtail", "forwarder"] as const;
export type Collector = (typeof collectors)[number];

/** `COLLECTOR`, what carries Kafka to Loki: Promtail unless the setting says otherwise. */
export function collectorOf({ COLLECTOR }: NodeJS.ProcessEnv): Collector {
  const chosen = collectors.find((name) => name === (COLLECTOR || "promtail"));
  if (!chosen) throw new LauncherError(`COLLECTOR must be ${collectors.join(" or ")}, not "${COLLECTOR}"`);
  return chosen;
}
