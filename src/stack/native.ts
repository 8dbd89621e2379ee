import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeTarget } from "../generator/build.ts";
import { nativeTarget } from "../generator/targets.ts";
import { provide } from "./artifacts.ts";
import { requireInstalled } from "./installed.ts";
import { launch } from "./launch.ts";
import { endWithProcess } from "./lifetime.ts";
import { assertUsablePath } from "./paths.ts";
import { assertPortsFree, type Ports } from "./ports.ts";
import { toTerminal, withProgress } from "./print.ts";
import { endProcess, isAlive, type Process, signalProcess } from "./processes.ts";
import { type Context, type NativeOptions, type S3Credentials, type ServiceName, serviceNames } from "./service.ts";
import { services } from "./services.ts";
import { requireTools } from "./tools.ts";

/** Services that answer. `stop` ends all for good; `kill` one at once (SIGKILL unless told), `start` brings it back. */
export type Stack = Readonly<{
  lokiUrl: string;
  kafkaBrokers: string;
  s3Url: string;
  s3: S3Credentials;
  stop: () => Promise<void>;
  kill: (name: ServiceName, how?: NodeJS.Signals) => Promise<void>;
  start: (name: ServiceName) => Promise<void>;
}>;

/** Where a stack answers on this machine. */
export const addressesOf = ({ loki, kafka, s3 }: Ports) => ({
  lokiUrl: `http://127.0.0.1:${loki}`,
  kafkaBrokers: `127.0.0.1:${kafka}`,
  s3Url: `http://127.0.0.1:${s3}`,
});

async function prepare(options: NativeOptions, missing: readonly ServiceName[]): Promise<Context> {
  const { data, ports, env = process.env, print = toTerminal, signal } = options;
  assertUsablePath(data);
  await assertPortsFree(
    ports,
    missing.flatMap((name) => [...services[name].ports, ...(services[name].portsIn?.(env) ?? [])]),
  );
  const wanted = missing
    .flatMap((name) => services[name].artifact?.(env) ?? [])
    .filter(({ path }, index, all) => all.findIndex((other) => other.path === path) === index);
  const builders = wanted.filter(({ path }) => !existsSync(path)).map(({ tool }) => tool);
  const installed = missing.flatMap((name) => services[name].installed ?? []);
  const found = installed.map((name) => `${services[name].title}: ${requireInstalled(name, env)}`);
  requireTools([...missing.flatMap((name) => (services[name].java ? (["java"] as const) : [])), ...builders]);
  for (const line of found) print(line);
  await provide(wanted, { print, signal });
  const build = join(data, "build");
  writeTarget(build, nativeTarget({ ports, data, build }));
  const secret = () => randomBytes(15).toString("hex");
  const s3 = { accessKeyId: secret(), secretAccessKey: secret() };
  return { ...options, build, env, s3, ownS3: options.services.includes("s3") };
}

/**
 * Starts services as processes on loopback and returns when all of them answer.
 * After a failure or an interruption, what was started is stopped.
 */
export async function startNative(options: NativeOptions): Promise<Stack> {
  const { ports, print = toTerminal, detached = false, running = [] } = options;
  const missing = serviceNames.filter((name) => options.services.includes(name) && !running.includes(name));
  const context = await prepare(options, missing);
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, ...(options.signal ? [options.signal] : [])]);
  const processes = new Map<ServiceName, Process>();

  const begin = (name: ServiceName) => {
    const onStart = (target: Process) => {
      processes.set(name, target);
      options.onStart?.(name, target);
    };
    return launch(name, context, { detached, signal, onStart });
  };
  const stop = async () => {
    ending.abort(new Error("stopped"));
    for (const name of serviceNames.toReversed()) {
      const target = processes.get(name);
      if (target) await endProcess(target);
    }
    forget();
  };
  const killNow = () => {
    for (const target of processes.values()) signalProcess(target, "SIGKILL");
  };
  const forget = detached ? () => {} : endWithProcess({ stop, killNow });

  const startAll = async () => {
    const readiness = new Map<ServiceName, Promise<void>>();
    for (const name of missing) {
      const needed = services[name].after.map((other) => readiness.get(other));
      readiness.set(
        name,
        Promise.all(needed)
          .then(() => begin(name))
          .catch((error) => {
            ending.abort(error);
            throw error;
          }),
      );
    }
    await Promise.allSettled(readiness.values());
    signal.throwIfAborted();
  };
  try {
    const label = `starting ${missing.map((name) => services[name].title).join(", ")}`;
    await withProgress({ label, print }, startAll);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    ...addressesOf(ports),
    s3: context.s3,
    stop,
    start: begin,
    kill: async (name, how = "SIGKILL") => {
      const target = processes.get(name);
      if (!target) throw new Error(`${services[name].title} was not started by this stack`);
      signalProcess(target, how);
      while (isAlive(target)) await sleep(20);
    },
  };
}
