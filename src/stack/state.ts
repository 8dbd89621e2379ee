import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { shapedFile } from "../core/shaped.ts";
import { stackFolder } from "./paths.ts";
import type { Ports } from "./ports.ts";
import { isAlive } from "./processes.ts";
import { serviceNames } from "./service.ts";

const shape = z.object({
  ports: z.record(z.string(), z.number()),
  processes: z.partialRecord(z.enum(serviceNames), z.object({ pid: z.int().positive(), started: z.string().min(1) })),
});

/** The processes of the native stack and the ports they were given. */
export type State = { ports: Ports; processes: z.infer<typeof shape>["processes"] };

const defaultFile = join(stackFolder, "run.json");

/** What runs of the native stack: only processes that are still alive; an unreadable file counts as nothing. */
export function readState(file = defaultFile): State | undefined {
  const { ports, processes = {} } = shapedFile(shape, file) ?? {};
  const alive = Object.fromEntries(Object.entries(processes).filter(([, target]) => isAlive(target)));
  return Object.keys(alive).length > 0 ? { ports: ports as Ports, processes: alive } : undefined;
}

/** Records the state, or removes it. */
export function writeState(state: State | undefined, file = defaultFile): void {
  if (state) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(state, undefined, 2));
    renameSync(`${file}.new`, file);
  } else rmSync(file, { force: true });
}
