import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parserOf, type Run, type Surroundings } from "../../core/command.ts";
import { setting } from "../../core/env.ts";
import { UserError } from "../../core/errors.ts";
import { rootFolder } from "../../core/places.ts";
import { sentence, sentences } from "../../core/visible.ts";
import { deployFolder, nativeFolder } from "../paths.ts";
import { type Finding, judged, readAllowed } from "./finding.ts";
import { buildGovulncheck, goFindings, goPrograms } from "./go.ts";
import { npmFindings } from "./npm.ts";

/**
 * Known vulnerabilities in the npm packages and in the Go programs that are built here.
 * Ends with 1 when one is not in allowed.yml, with 2 when something could not be asked.
 */
async function audit({ env, stdout, stderr }: Surroundings): Promise<number> {
  const allowed = readAllowed(join(deployFolder, "audit", "allowed.yml"));
  const findings: Finding[] = [];
  const failures = new Set<string>();
  const check = async (what: string, find: () => Promise<Finding[]>) => {
    try {
      const found = await find();
      findings.push(...found);
      stdout.write(`checked   ${what}: ${found.length} found\n`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.add(error.message);
    }
  };
  await check("npm packages", () => npmFindings(rootFolder));
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  try {
    const database = setting(env, "GOVULNDB");
    const built = buildGovulncheck(join(deployFolder, "audit"), folder);
    for (const program of goPrograms(nativeFolder))
      await check(program.name, async () => goFindings(program, { govulncheck: await built, database }));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const { lines, failed } = judged(findings, allowed, { isWhole: failures.size === 0 });
  for (const line of lines) stdout.write(`${sentence(line)}\n`);
  for (const failure of failures) stderr.write(`${sentences(failure)}\n`);
  if (failed) return 1;
  return failures.size > 0 ? 2 : 0;
}

export const run: Run = async (args, around) => {
  parserOf("audit", around)
    .description("Looks for known vulnerabilities in npm packages and in the Go programs built here.")
    .parse(args, { from: "user" });
  return audit(around);
};
