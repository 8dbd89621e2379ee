import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../core/errors.ts";
import { DATA_FOLDER } from "../core/service/disk.ts";
import { listensAlone } from "./listeners.ts";
import { isAlive, type Process, startTime } from "./processes.ts";
import { lastLines } from "./run.ts";
import type { Context, Service, ServiceName } from "./service.ts";
import { services } from "./services.ts";

const READY_MS = 120_000;

type LaunchOptions = Readonly<{ detached: boolean; signal: AbortSignal; onStart: (process: Process) => void }>;
class EndedEarly extends UserError {}

/**
 * Starts a service and waits until it answers.
 * One that ends or does not answer within two minutes is named with its last log lines.
 */
export async function launch(name: ServiceName, context: Context, options: LaunchOptions): Promise<void> {
  const service = services[name];
  for (let retries = service.retries ?? 0; ; retries--) {
    try {
      await service.before?.(context, options.signal);
      await launchOnce(name, context, options);
      return await service.prepared?.(context, options.signal);
    } catch (error) {
      if (!(error instanceof EndedEarly) || retries === 0) throw error;
      await sleep(2000, undefined, { signal: options.signal });
    }
  }
}

async function launchOnce(
  name: ServiceName,
  context: Context,
  { detached, signal, onStart }: LaunchOptions,
): Promise<void> {
  const service = services[name];
  const log = freshLog(join(context.data, "logs"), name);
  const { file, args, env, alone } = service.command(context);
  signal.throwIfAborted();
  const output = openSync(log, "a");
  const child = spawn(file, args, {
    detached,
    stdio: ["ignore", output, output],
    env: { ...(alone ?? { ...process.env, ...env }), [DATA_FOLDER]: context.data },
    cwd: context.data,
  });
  closeSync(output);
  await once(child, "spawn").catch((cause: Error) => {
    throw new UserError(
      `${service.title} could not be started (${cause.message}); see that ${file} can be run, then start it again.`,
      { cause },
    );
  });
  child.unref();
  const started = startTime(child.pid!) ?? "";
  const target = { pid: child.pid!, started };
  onStart(target);
  for (const end = Date.now() + READY_MS; ; await sleep(200, undefined, { signal })) {
    signal.throwIfAborted();
    const ready = (await service.ready(context)) && isItself(service, target, context);
    if (!isAlive(target))
      throw new EndedEarly(
        `${service.title} ended while starting (${child.signalCode ?? `status ${child.exitCode}`}); ${mend(log)}`,
      );
    if (ready) return;
    if (Date.now() > end)
      throw new UserError(`${service.title} did not answer within ${READY_MS / 1000} s; ${mend(log)}`);
  }
}

/** Whether what answers is this process: on its first port nobody else listens. */
const isItself = ({ ports: [name] }: Service, target: Process, { ports }: Context): boolean =>
  name === undefined || listensAlone(target, ports[name]) !== false;

/** The log file of this run; the one of the run before is kept beside it. */
function freshLog(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const log = join(folder, `${name}.log`);
  if (existsSync(log)) renameSync(log, `${log}.before`);
  return log;
}

const mend = (log: string) =>
  `mend what its log says, then start it again; the end of ${log}:${lastLines(readFileSync(log, "utf8"), 10, { width: 300 })}`;
