import { stack } from "../core/env/stack.ts";
import { faultsOf, type Variable } from "../core/env.ts";
import { UserError } from "../core/errors.ts";

/** One sentence for each setting that the stack could not use, such as one that Grafana was seen to end with. */
export const settingFaults = (env: NodeJS.ProcessEnv): string[] => faultsOf(env, Object.keys(stack) as Variable[]);

/** Refuses settings that the stack could not use, all of them at once. */
export function checkSettings(env: NodeJS.ProcessEnv): void {
  const faults = settingFaults(env);
  if (faults.length > 0) throw new UserError(faults.join("\n"));
}
