import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import { goModule } from "../go-module.ts";
import { lastLine, outputOf } from "../run.ts";
import { type Finding, once } from "./finding.ts";

const frame = z.object({
  module: z.string(),
  version: z.string().optional(),
  package: z.string().optional(),
  function: z.string().optional(),
});
const message = z.object({
  osv: z.object({ id: z.string(), summary: z.string().optional() }).optional(),
  finding: z.object({ osv: z.string(), fixed_version: z.string().optional(), trace: z.array(frame).min(1) }).optional(),
});

/** A program that is built here: the folder of its go.mod, and its package. */
export type GoProgram = Readonly<{ name: string; folder: string; package: string }>;

/** The programs of the native stack, from the `tool` line of each go.mod. */
export const goPrograms = (native: string): GoProgram[] =>
  readdirSync(native).flatMap((name) => {
    const folder = join(native, name);
    return existsSync(join(folder, "go.mod")) ? [{ name, folder, package: goModule(folder).tool }] : [];
  });

/** Builds the pinned govulncheck into `folder`. */
export async function buildGovulncheck(source: string, folder: string): Promise<string> {
  const program = join(folder, "govulncheck");
  const { status, stderr } = await outputOf("go", ["build", "-o", program, "golang.org/x/vuln/cmd/govulncheck"], {
    cwd: source,
  });
  if (status !== 0)
    throw new UserError(
      `govulncheck could not be built (${lastLine(stderr)}); run this again where Go's module proxy answers.`,
    );
  return program;
}

/** The vulnerabilities whose code a program calls, not merely requires; `database` replaces https://vuln.go.dev. */
export async function goFindings(
  program: GoProgram,
  { govulncheck, database }: Readonly<{ govulncheck: string; database?: string | undefined }>,
): Promise<Finding[]> {
  const args = [...(database ? ["-db", database] : []), "-format", "json", program.package];
  const { status, stdout, stderr } = await outputOf(govulncheck, args, { cwd: program.folder });
  if (status !== 0)
    throw new UserError(
      `govulncheck could not check ${program.name} (${lastLine(stderr)}); run this again where vuln.go.dev answers, or set GOVULNDB.`,
    );
  const messages = stdout.split(/^(?<=\}\n)(?=\{)/m).map((text) => message.parse(JSON.parse(text)));
  const summaries = new Map(
    messages.flatMap(({ osv }) => (osv ? [[osv.id, osv.summary ?? "no summary"] as const] : [])),
  );
  const called = messages.flatMap(({ finding }) => (finding?.trace[0]?.function ? [finding] : []));
  const findings = called.map(({ osv: id, fixed_version, trace: [at] }) => ({
    id,
    where: `${program.name} ${at?.module} ${at?.version ?? ""}`.trimEnd(),
    what: `${summaries.get(id)} (${fixed_version ? `mended in ${fixed_version}` : "not mended yet"})`,
  }));
  return once(findings);
}
