import { linkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { rootFolder } from "../core/places.ts";
import { shapedFile } from "../core/shaped.ts";
import { isAlive, startTime } from "./processes.ts";

/** Beside the stack's folder, which is not there before the first start and goes with its data. */
const lockFile = join(rootFolder, ".stack.lock");

const shape = z.object({ pid: z.int().positive(), started: z.string().min(1), command: z.string() });
type Holder = z.infer<typeof shape>;

const holderOf = (file: string): Holder | undefined => shapedFile(shape, file);

/** Takes the lock whole or not at all: a link to a finished file. */
function taken(file: string, own: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Does what changes the stack, one command at a time in a checkout: a second is refused, a dead one leaves no lock. */
export async function locked<T>(command: string, work: () => Promise<T>, { file = lockFile } = {}): Promise<T> {
  const own = `${file}.${process.pid}`;
  writeFileSync(
    own,
    JSON.stringify({ pid: process.pid, started: startTime(process.pid) ?? "?", command } satisfies Holder),
  );
  try {
    while (!taken(file, own)) {
      const holder = holderOf(file);
      if (holder && isAlive(holder))
        throw new UserError(
          `${holder.command} is at work in this checkout (process ${holder.pid}): wait until it has ended, then run ${command} again.`,
        );
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
  try {
    return await work();
  } finally {
    if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
  }
}
