import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { UserError } from "../../core/errors.ts";

/** A known vulnerability in something that is used: its id (GHSA-… or GO-…), where, and what it is, in one line. */
export type Finding = Readonly<{ id: string; where: string; what: string }>;

/** Each finding once, however many ways lead to it. */
export const once = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((finding) => [`${finding.id} ${finding.where}`, finding])).values(),
];

const allowedShape = z.array(
  z.strictObject({
    id: z.string().regex(/^(GHSA(-[a-z0-9]{4}){3}|GO-\d{4}-\d+)$/, { error: "must be a GHSA-… or GO-… id" }),
    reason: z.string().min(10, { error: "must say why, in ten letters or more" }),
    reviewed: z.iso.date({ error: "must be a day such as 2026-11-23" }),
  }),
);
export type Allowed = z.infer<typeof allowedShape>;

/** The accepted vulnerabilities of a file; throws a `UserError` that names the first entry that is none. */
export function readAllowed(file: string): Allowed {
  const result = allowedShape.safeParse(parse(readFileSync(file, "utf8")));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UserError(`${file} cannot be used: ${issue?.path.join(".") || "the file"} ${issue?.message}.`);
}

/**
 * The lines to print: one for each finding and (if the search was whole) each entry that accepts nothing any more.
 * `failed` says that a finding was not accepted.
 */
export function judged(
  findings: readonly Finding[],
  allowed: Allowed,
  { isWhole }: Readonly<{ isWhole: boolean }>,
): { lines: string[]; failed: boolean } {
  const acceptance = new Map(allowed.map((entry) => [entry.id, entry]));
  const lines = findings.map(({ id, where, what }) => {
    const entry = acceptance.get(id);
    return entry
      ? `accepted  ${id} ${where}: ${entry.reason} (${entry.reviewed})`
      : `FOUND     ${id} ${where}: ${what}`;
  });
  const found = new Set(findings.map(({ id }) => id));
  const stale = allowed
    .filter(({ id }) => isWhole && !found.has(id))
    .map(({ id }) => `stale     ${id} is accepted, but was not found; remove it from the list`);
  return { lines: [...lines, ...stale], failed: findings.some(({ id }) => !acceptance.has(id)) };
}
