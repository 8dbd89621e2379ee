import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What vitest's JSON report says of a run. */
export type Run = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
  testResults?: readonly Readonly<{ assertionResults: readonly Readonly<{ status: string; fullName: string }>[] }>[];
}>;

const sum = (runs: readonly Run[], of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0);

/**
 * The line that ends it all. A run without a report, or that failed outside its tests (types, lint, a service that did
 * not start), is one failure.
 */
export function totals(runs: readonly (Run | undefined)[]): string {
  const reported = runs.filter((run) => run !== undefined);
  const passed = sum(reported, (run) => run.numPassedTests);
  const failed =
    sum(reported, (run) => (run.success ? 0 : Math.max(1, run.numFailedTests))) + runs.length - reported.length;
  const skipped = sum(reported, (run) => run.numPendingTests + run.numTodoTests);
  return [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(", ");
}

/** A line for each test of a run that failed, by the run's label; one where it failed outside its tests. */
export function failures(label: string, run: Run | undefined): readonly string[] {
  if (run?.success) return [];
  const tests = run?.testResults?.flatMap(({ assertionResults }) => assertionResults) ?? [];
  const names = tests.filter(({ status }) => status === "failed").map(({ fullName }) => fullName);
  return (names.length > 0 ? names : ["outside its tests"]).map((name) => `failed: ${label}: ${name}`);
}

/** The report `LABEL.json` of a folder, if there is one that can be read. */
export function readRun(folder: string, label: string): Run | undefined {
  const path = join(folder, `${label}.json`);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Run;
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = "", ...labels] = process.argv.slice(2);
  const runs = labels.map((label) => [label, readRun(folder, label)] as const);
  for (const [label, run] of runs) for (const line of failures(label, run)) console.log(line);
  console.log(totals(runs.map(([, run]) => run)));
}
