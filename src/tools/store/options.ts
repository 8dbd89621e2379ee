import { parseDuration } from "../../core/durations.ts";
import { setting } from "../../core/env.ts";
import type { StoreOptions } from "../../logql/server/options.ts";

/** What the environment says of the store; throws a `UserError`. */
export const optionsFrom = (env: NodeJS.ProcessEnv): StoreOptions => ({
  port: Number(setting(env, "LOKI_PORT")),
  folder: setting(env, "STORE_FOLDER"),
  maxLines: Number(setting(env, "STORE_MAX_LINES")),
  retention: parseDuration(setting(env, "STORE_RETENTION")) * 1000,
  tenants: setting(env, "STORE_TENANTS") === "true",
});
