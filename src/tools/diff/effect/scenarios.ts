import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Scenario } from "../../../alerting/scenario.ts";
import { UserError } from "../../../core/errors.ts";

/** Scenarios by rule (its uid), then by name. */
export type AllScenarios = Readonly<Record<string, Readonly<Record<string, Scenario>>>>;

/** What proves the rules of the working tree: loaded by its path, since the product does not depend on its tests. */
const SCENARIOS = new URL("../../../../tests/alerts/scenarios.ts", import.meta.url);

/** The scenarios of the working tree; none where there is no such file. */
export async function loadScenarios(): Promise<AllScenarios> {
  if (!existsSync(fileURLToPath(SCENARIOS))) return {};
  try {
    const { scenarios } = (await import(SCENARIOS.href)) as { scenarios: AllScenarios };
    return scenarios;
  } catch (cause) {
    throw new UserError(
      `the scenarios of tests/alerts/ cannot be loaded (${(cause as Error).message.split("\n", 1)[0]})`,
      { cause },
    );
  }
}
