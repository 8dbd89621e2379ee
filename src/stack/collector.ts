import { UserError } from "../core/errors.ts";
import { findInstalled } from "./installed.ts";

export const collectors = ["promtail", "forwarder"] as const;
export type Collector = (typeof collectors)[number];

/** `COLLECTOR`, what carries Kafka to Loki, where it is set. */
export function chosenCollector({ COLLECTOR }: NodeJS.ProcessEnv): Collector | undefined {
  if (!COLLECTOR) return undefined;
  const chosen = collectors.find((name) => name === COLLECTOR);
  if (!chosen) throw new UserError(`COLLECTOR must be ${collectors.join(" or ")}, not "${COLLECTOR}"`);
  return chosen;
}

/** What carries Kafka to Loki natively: what was chosen, else Promtail where it is installed, else the forwarder. */
export const nativeCollector = (env: NodeJS.ProcessEnv): Collector =>
  chosenCollector(env) ?? (findInstalled("promtail", env) ? "promtail" : "forwarder");
