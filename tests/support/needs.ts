import { nativeCollector, nativeHolder } from "../../src/stack/chosen.ts";
import { chooseMode } from "../../src/stack/docker.ts";
import { findInstalled, howToGet, type ProgramName } from "../../src/stack/installed.ts";

/** Test files, and what they need besides what this repository has. */
type Need = Readonly<{ files: readonly string[]; programs: readonly ProgramName[] }>;

const missing = ({ programs }: Need): ProgramName[] =>
  chooseMode() === "native" ? programs.filter((name) => !findInstalled(name)) : [];

// Vitest reads its configuration once for each project of it, and each reading loads this module anew.
const shared = globalThis as { skipsPrinted?: Set<string> };
shared.skipsPrinted ??= new Set();
const printed = shared.skipsPrinted;

/** The files that cannot run on this machine; each need that is not met is printed with how to meet it. */
export const skipped = (needs: readonly Need[]): string[] =>
  needs.flatMap((need) => {
    const lacking = missing(need);
    if (lacking.length === 0) return [];
    const line = `skipped: ${need.files.join(", ")}: ${lacking.map(howToGet).join(" ")}`;
    if (!printed.has(line)) console.log(line);
    printed.add(line);
    return [...need.files];
  });

/**
 * What holds the lines in a stack for tests: Loki, or the embedded store where processes are run and Loki is not
 * installed.
 */
export const holder = () => (chooseMode() === "docker" ? "loki" : nativeHolder(process.env));

/**
 * What carries Kafka to Loki in a stack for tests: Promtail, or the forwarder where processes are run and it is not
 * installed.
 */
export const carrier = () =>
  chooseMode() === "docker" ? "promtail" : nativeCollector({ ...process.env, COLLECTOR: "" });
