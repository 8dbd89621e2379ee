import { byText } from "../../../core/order.ts";
import { quoted } from "../vocabulary/scope.ts";
import type { Difference } from "./differences.ts";

/** The scenarios by name, each with what differs on it. */
export type Compared = ReadonlyMap<string, readonly Difference[]>;

const MOST = { sentences: 4, scenarios: 3, instances: 2 };

/** Sources that do the same at the same time are told together. */
function when(differences: readonly Difference[]): string {
  const alone = differences.length === 1 && differences[0]!.instance === "";
  const moments = [...new Set(differences.map((one) => one.when))];
  const parts = moments.map((moment) => {
    const instances = differences.filter((one) => one.when === moment).map(({ instance }) => instance || "everything");
    const who = alone
      ? ""
      : instances.length > MOST.instances
        ? `${instances.length} instances `
        : `${instances.sort(byText).join(" and ")} `;
    return `${who}${moment}`;
  });
  const left = parts.length - MOST.instances;
  return [...parts.slice(0, MOST.instances), ...(left > 0 ? [`${left} more`] : [])].join("; ");
}

/** That an alert is lost or comes anew matters more than when it comes. */
function rank(what: string): number {
  if (/→ (?:stays|tells of none)/.test(what)) return 0;
  return what.includes("→") ? 1 : 2;
}

/** One sentence for each way in which verdicts differ, at most a few. */
export function sayVerdicts(compared: Compared): readonly string[] {
  const ways = new Map<string, Map<string, Difference[]>>();
  for (const [scenario, differences] of compared)
    for (const difference of differences) {
      const way = ways.get(difference.what) ?? new Map<string, Difference[]>();
      ways.set(difference.what, way.set(scenario, [...(way.get(scenario) ?? []), difference]));
    }
  if (ways.size === 0) return [`no scenario's verdict differs (${compared.size} judged)`];
  const ordered = [...ways].sort(([a, one], [b, other]) => rank(a) - rank(b) || other.size - one.size || byText(a, b));
  const shown = ordered.slice(0, MOST.sentences).map(([what, scenarios]) => {
    const named = [...scenarios]
      .slice(0, MOST.scenarios)
      .map(([name, differences]) => `${quoted(name)} (${when(differences)})`);
    const left = scenarios.size - MOST.scenarios;
    return `${what} in ${scenarios.size} of ${compared.size} scenarios: ${named.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
  });
  const rest = new Set(ordered.slice(MOST.sentences).flatMap(([, scenarios]) => [...scenarios.keys()])).size;
  return rest > 0 ? [...shown, `something else in ${rest} of ${compared.size} scenarios`] : shown;
}
