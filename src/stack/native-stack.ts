import { rmSync } from "node:fs";
import { collectors } from "../core/env/stack.ts";
import { setting } from "../core/env.ts";
import { UserError } from "../core/errors.ts";
import { linkTarget } from "../core/links.ts";
import { lowSpace } from "../core/service/disk.ts";
import { holders, kafkaMode, kafkaServices, nativeCollector, nativeHolder } from "./chosen.ts";
import { findGrafana, howToGetGrafana } from "./grafana.ts";
import { processesOf } from "./listeners.ts";
import { startNative } from "./native.ts";
import { stackFolder } from "./paths.ts";
import type { Ports } from "./ports.ts";
import { type Print, withProgress } from "./print.ts";
import { endProcess, type Process } from "./processes.ts";
import { type ServiceName, serviceNames } from "./service.ts";
import { services } from "./services.ts";
import type { Settings } from "./settings.ts";
import { readState, writeState } from "./state.ts";

function assertSamePorts(
  names: readonly ServiceName[],
  { running, wanted }: Readonly<{ running: Ports; wanted: Ports }>,
): void {
  const other = names.flatMap((name) => services[name].ports).find((port) => running[port] !== wanted[port]);
  if (other)
    throw new UserError(
      `the stack runs with ${other} on port ${running[other]}, not ${wanted[other]}: run npm stop first.`,
    );
}

/**
 * Starts what does not run of the native stack, detached from this process; returns whether everything ran already.
 * The collector and the store that are not chosen are stopped.
 */
export async function startNativeStack({ env, ports }: Settings, signal: AbortSignal): Promise<boolean> {
  const installed = findGrafana(env);
  const chosen = [nativeHolder(env), nativeCollector(env)];
  const more: ServiceName[] = [
    ...(installed ? ["grafana" as const] : []),
    ...(env.INGEST_FROM ? ["producer" as const] : []),
  ];
  const wanted = [...kafkaServices(env), ...chosen, ...more];
  const before = readState();
  const other = kafkaMode(env) === "kraft" ? "with ZooKeeper" : "without ZooKeeper";
  if (before?.processes.kafka && Boolean(before.processes.zookeeper) === (kafkaMode(env) === "kraft"))
    throw new UserError(`the stack's Kafka runs ${other}, and KAFKA_MODE is ${kafkaMode(env)}: run npm stop first.`);
  for (const other of [...collectors, ...holders].filter((name) => !chosen.includes(name))) {
    const target = before?.processes[other];
    if (!target) continue;
    await endProcess(target);
    delete before.processes[other];
  }
  const running = wanted.filter((name) => before?.processes[name]);
  if (before) assertSamePorts(running, { running: before.ports, wanted: ports });
  const ranAlready = running.length === wanted.length;
  if (!ranAlready) {
    const state = { ports, processes: { ...before?.processes } };
    const onStart = (name: ServiceName, target: Process) => {
      state.processes[name] = target;
      writeState(state);
    };
    const own = { data: stackFolder, ports, services: wanted, env, signal, detached: true, running, onStart };
    await startNative(own).catch((error) => {
      writeState(readState());
      throw error;
    });
  }
  return ranAlready;
}

/** What this machine's native stack does not do, and how to mend it. */
export function lacks(env: NodeJS.ProcessEnv): string[] {
  const isEmbedded = nativeHolder(env) === "store";
  const isInstead = nativeCollector(env) === "forwarder" && !setting(env, "COLLECTOR");
  const mails = env.SMTP_HOST
    ? undefined
    : "No e-mail is sent: the native stack has no mail catcher, and SMTP_HOST is not set";
  const all = [
    lowSpace(stackFolder),
    isEmbedded && "Loki is not installed: the embedded store holds the lines, for trying out (docs/store.md)",
    isInstead && "Promtail is not installed: the forwarder carries Kafka to Loki",
    findGrafana(env) ? mails : howToGetGrafana,
  ];
  return all.filter((one) => typeof one === "string");
}

/** Stops the native stack in reverse order. Returns whether anything ran. */
export async function stopNativeStack(print: Print): Promise<boolean> {
  const state = readState();
  if (!state && processesOf(stackFolder).length === 0) return false;
  await withProgress({ label: "stopping", print }, async () => {
    for (const name of serviceNames.toReversed()) {
      const target = state?.processes[name];
      if (target) await endProcess(target);
    }
    // What a start that was killed had begun, or forgot.
    for (const target of processesOf(stackFolder)) await endProcess(target);
    const left = processesOf(stackFolder);
    const pids = left.map(({ pid }) => pid).join(" ");
    if (left.length > 0)
      throw new UserError(`${left.length} of the stack's processes did not end: run kill -9 ${pids}.`);
  });
  writeState(undefined);
  return true;
}

/** Refuses data that lie elsewhere: what is not in the checkout is not removed. */
export function assertDataHere(): void {
  const elsewhere = linkTarget(stackFolder);
  if (elsewhere !== undefined)
    throw new UserError(
      `${stackFolder} is a link to ${elsewhere}: remove what is there yourself, then the link; nothing was removed.`,
    );
}

/** Removes the native stack's data, and of a link in them the link alone. */
export function removeNativeData(): void {
  assertDataHere();
  rmSync(stackFolder, { recursive: true, force: true });
}
