import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import { shaped } from "../../core/shaped.ts";
import { lastLine, outputOf } from "../run.ts";
import { type Finding, once } from "./finding.ts";

const advisory = z.object({
  name: z.string(),
  title: z.string(),
  url: z.string(),
  severity: z.string(),
  range: z.string(),
});
const report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), advisory])) })),
});
const refusal = z.object({ message: z.string() });

/** What the registry knows against the packages of package-lock.json, development's too; throws a `UserError`. */
export async function npmFindings(cwd: string): Promise<Finding[]> {
  // Status 1 says that there are findings; an answer that is none is told by its text.
  const { stdout, stderr } = await outputOf(
    "npm",
    ["audit", "--json", "--include=dev", "--include=optional", "--include=peer"],
    { cwd },
  );
  const data = shaped(report, stdout);
  if (!data) {
    const message = shaped(refusal, stdout)?.message || lastLine(stderr) || "it printed nothing";
    throw new UserError(`npm audit could not ask the registry: ${message}; run it again where the registry answers.`);
  }
  const advisories = Object.values(data.vulnerabilities).flatMap(({ via }) =>
    via.filter((cause) => typeof cause !== "string"),
  );
  const findings = advisories.map(({ name, title, url, severity, range }) => ({
    id: url.split("/").at(-1) ?? url,
    where: `npm ${name} ${range}`,
    what: `${title} (${severity})`,
  }));
  return once(findings);
}
