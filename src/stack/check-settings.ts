import { stack } from "../core/env/variables.ts";
import { faultsOf, type Variable } from "../core/env.ts";
import { UserError } from "../core/errors.ts";

/** One sentence for each setting of the stack that could not be used: most are such that Grafana was seen to end with, or would take and never use. */
export const settingFaults = (env: NodeJS.ProcessEnv): string[] => faultsOf(env, Object.keys(stack) as Variable[]);

/** Refuses settings that the stack could not use, all of them at once. */
export function checkSettings(env: NodeJS.ProcessEnv): void {
  const faults = settingFaults(env);
  if (faults.length > 0) throw new UserError(faults.join("\n"));
}
