import type { Scenario } from "../../../alerting/scenario.ts";
import { detail, UserError } from "../../../core/errors.ts";

/** Scenarios by rule (its uid), then by name. */
export type AllScenarios = Readonly<Record<string, Readonly<Record<string, Scenario>>>>;

/** What proves the rules of the working tree, where package.json says that it lies. */
export async function loadScenarios(): Promise<AllScenarios> {
  try {
    const { scenarios } = await import("#scenarios");
    return scenarios;
  } catch (cause) {
    throw new UserError(`the scenarios ("#scenarios" of package.json) cannot be loaded (${detail(cause)})`, { cause });
  }
}
