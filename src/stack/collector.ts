import type { collectors } from "../core/env/stack.ts";
import { setting } from "../core/env.ts";
import { findInstalled } from "./installed.ts";

export type Collector = (typeof collectors)[number];

/** `COLLECTOR`, what carries Kafka to Loki, where it is set. */
export const chosenCollector = (env: NodeJS.ProcessEnv): Collector | undefined => setting(env, "COLLECTOR");

/** What carries Kafka to Loki natively: what was chosen, else Promtail where it is installed, else the forwarder. */
export const nativeCollector = (env: NodeJS.ProcessEnv): Collector =>
  chosenCollector(env) ?? (findInstalled("promtail", env) ? "promtail" : "forwarder");
