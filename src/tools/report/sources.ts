import type { Readable } from "node:stream";
import { setting } from "../../core/env.ts";
import { UserError } from "../../core/errors.ts";
import { lokiNamed } from "../../core/loki.ts";
import type { Progress } from "../../core/progress.ts";
import { checkZone } from "../../core/time.ts";
import { followedBy, ownLogs, remarksOn } from "../../logs/own-logs.ts";
import { inProcess } from "./in-process.ts";
import type { Logs } from "./logs.ts";
import { runningLoki } from "./loki.ts";

/** Where runs were read: a Loki, or records, of which some, and some files, may not have been readable. */
export type Origin = Readonly<{ kind: "loki" }> | Readonly<{ kind: "records"; rejected: number; faults: number }>;
export type Source = Readonly<{ logs: Logs; origin: Origin; remarks: readonly string[] }>;

type Asked = Readonly<{ loki?: string | undefined; logs?: string | undefined }>;
type Around = Readonly<{ env: NodeJS.ProcessEnv; stdin: Readable; progress: Progress }>;

/** The lines that a report is made of: records that are read into memory, or those of a running Loki. */
export async function sourceOf({ loki, logs }: Asked, around: Around): Promise<Source> {
  if (logs !== undefined && loki !== undefined)
    throw new UserError("--logs and --loki were both given; a report is made of one of them.");
  if (logs !== undefined) return records(logs, around);
  // Only some of Loki's addresses assume the one tenant of a Loki that has no others.
  const address = lokiNamed(loki ?? setting(around.env, "LOKI_URL"), setting(around.env, "LOKI_TENANT") ?? "fake");
  return { logs: await runningLoki(address), origin: { kind: "loki" }, remarks: [] };
}

async function records(from: string, { env, stdin, progress }: Around): Promise<Source> {
  const zone = setting(env, "LOGS_TIMEZONE");
  checkZone(zone);
  const own = await ownLogs(from, { zone, stdin, ...followedBy(progress) }).finally(progress.stop);
  return {
    logs: inProcess(own.streams),
    origin: { kind: "records", rejected: own.rejected, faults: own.faults.length },
    remarks: remarksOn(own),
  };
}
