import type { Surroundings } from "../../core/command.ts";
import { setting } from "../../core/env.ts";
import { UserError } from "../../core/errors.ts";
import { lokiNamed } from "../../core/loki.ts";
import { recordsNamed } from "../../logs/own-logs.ts";
import { inProcess } from "./in-process.ts";
import type { Logs } from "./logs.ts";
import { runningLoki } from "./loki.ts";

/** Where runs were read: a Loki, or records, of which some, and some files, may not have been readable. */
export type Origin = Readonly<{ kind: "loki" }> | Readonly<{ kind: "records"; rejected: number; faults: number }>;

type Asked = Readonly<{ loki?: string | undefined; logs?: string | undefined }>;

/** The lines that a report is made of: records that are read into memory, or those of a running Loki. */
export async function sourceOf(
  { loki, logs }: Asked,
  around: Pick<Surroundings, "env" | "stdin" | "stderr">,
): Promise<Readonly<{ logs: Logs; origin: Origin }>> {
  if (logs !== undefined && loki !== undefined)
    throw new UserError("--logs and --loki were both given; a report is made of one of them.");
  if (logs !== undefined) {
    const { streams, rejected, faults } = await recordsNamed(logs, around);
    return { logs: inProcess(streams), origin: { kind: "records", rejected, faults: faults.length } };
  }
  // Only some of Loki's addresses assume the one tenant of a Loki that has no others.
  const address = lokiNamed(loki ?? setting(around.env, "LOKI_URL"), setting(around.env, "LOKI_TENANT") ?? "fake");
  return { logs: await runningLoki(address), origin: { kind: "loki" } };
}
