import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import { shaped } from "../../core/shaped.ts";
import { outputOf } from "../run.ts";
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

/** What the registry knows against the packages of package-lock.json, development's too; throws a `UserError`. */
export async function npmFindings(cwd: string): Promise<Finding[]> {
  // Status 1 says that there are findings; an answer that is none is told by its text.
  const { stdout, stderr } = await outputOf(
    "npm",
    ["audit", "--json", "--include=dev", "--include=optional", "--include=peer"],
    { cwd },
  );
  const answer = shaped(z.unknown(), stdout);
  const { success, data } = report.safeParse(answer);
  if (!success) {
    const message =
      z.object({ message: z.string() }).safeParse(answer).data?.message ?? stderr.trim().split("\n").at(-1);
    throw new UserError(
      `npm audit could not ask the registry: ${message || "it printed nothing"}; run it again where the registry answers.`,
    );
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
