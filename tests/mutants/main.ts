import type { RuleName } from "../../src/alerts/rule.ts";
import { rules } from "../support/built.ts";
import { reasonFor } from "./equivalent.ts";
import { panelSurvivors } from "./panels.ts";
import { survivorsOf } from "./rules.ts";

/**
 * Changes every rule and panel query in one place at a time and demands that a scenario, or a golden value, notices.
 */
type Outcome = { total: number; survivors: string[] };
const goals = { rules: 1, panels: 0.95 };
const tally = { rules: { wanted: 0, killed: 0 }, panels: { wanted: 0, killed: 0 } };

function report(kind: keyof typeof goals, where: string, { total, survivors }: Outcome, seconds: number): void {
  const equivalent = survivors.filter((change) => reasonFor(where, change));
  const missed = survivors.filter((change) => !equivalent.includes(change));
  tally[kind].wanted += total - equivalent.length;
  tally[kind].killed += total - survivors.length;
  console.log(
    `${where}: ${total} mutants, ${total - survivors.length} killed, ${equivalent.length} equivalent, ${missed.length} survived (${seconds.toFixed(0)} s)`,
  );
  for (const change of missed) console.log(`  SURVIVED  ${change}`);
  for (const change of equivalent) console.log(`  equivalent  ${change} (${reasonFor(where, change)})`);
}

const timed = async (kind: keyof typeof goals, where: string, work: Promise<Outcome>) => {
  const from = performance.now();
  report(kind, where, await work, (performance.now() - from) / 1000);
};

for (const { uid } of rules) await timed("rules", uid, survivorsOf(uid as RuleName));
for await (const { where, ...outcome } of panelSurvivors()) report("panels", where, outcome, 0);
for (const [kind, { wanted, killed }] of Object.entries(tally)) {
  const goal = goals[kind as keyof typeof goals];
  console.log(
    `${kind}: ${killed} of ${wanted} killed (${((100 * killed) / wanted).toFixed(1)} %, goal ${100 * goal} %)`,
  );
  if (killed < goal * wanted) process.exitCode = 1;
}
