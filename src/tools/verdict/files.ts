import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Case, parseCase } from "../../alerting/case.ts";
import { judge } from "../../alerting/judge.ts";
import { storesAt } from "../../alerting/loki.ts";
import type { Profile } from "../../alerting/profile.ts";
import type { Stores } from "../../alerting/store.ts";
import { type Timeline, verdictOf } from "../../alerting/verdict.ts";
import { jsonFault } from "../../core/documents/json-fault.ts";
import { orSay, UserError } from "../../core/errors.ts";
import { unreadable } from "../../core/folder.ts";

type Verdict = Readonly<{ name: string; verdict: readonly Timeline[] }>;

/** Reads a case from its file. */
function readCase(file: string): Case {
  const text = orSay(
    () => readFileSync(file, "utf8"),
    (error) => `${file} ${unreadable(error)}.`,
  );
  const fault = jsonFault(text);
  if (fault !== undefined) throw new UserError(`${file} is not valid JSON (${fault}); mend it there.`);
  return parseCase(JSON.parse(text), basename(file));
}

/** The verdict on one case; a fault names the case. */
export async function judgeCase(input: Case, stores: Stores, profile: Profile): Promise<Verdict> {
  try {
    return { name: input.name, verdict: verdictOf(await judge(input, stores, { profile })) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${input.name}: ${error.message}`, { cause: error });
  }
}

/** Verdicts in the order of the files, and one sentence for each case that could not be judged. */
type Judged = Readonly<{ verdicts: readonly Verdict[]; faults: readonly string[] }>;

/** Judges the cases of files in process, or on a running Loki. */
export async function judgeFiles(
  files: readonly string[],
  { profile, loki }: Readonly<{ profile: Profile; loki: string | undefined }>,
): Promise<Judged> {
  const verdicts: Verdict[] = [];
  const faults: string[] = [];
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T[]> => {
    try {
      return [await work()];
    } catch (error) {
      // One case must never take the verdicts of the others with it.
      faults.push(
        error instanceof UserError ? error.message : `a case could not be judged: ${(error as Error).message}`,
      );
      return [];
    }
  };
  const cases = (await Promise.all(files.map((file) => attempt(() => readCase(file))))).flat();
  if (cases.length === 0) return { verdicts, faults };
  const stores = await storesAt(loki);
  for (const one of cases) verdicts.push(...(await attempt(() => judgeCase(one, stores, profile))));
  return { verdicts, faults };
}
