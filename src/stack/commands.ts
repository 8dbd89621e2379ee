import { createInterface } from "node:readline/promises";
import pc from "picocolors";
import { UserError } from "../core/errors.ts";
import { sentence, sentences } from "../core/visible.ts";
import { nativeHolder } from "./chosen.ts";
import { replaySample } from "./demo.ts";
import {
  chooseMode,
  followsInDocker,
  type Mode,
  removeDockerStack,
  startDockerStack,
  volumesIdentity,
} from "./docker.ts";
import { firstStart } from "./first-start.ts";
import { findGrafana } from "./grafana.ts";
import { assertDataHere, lacks, removeNativeData, startNativeStack, stopNativeStack } from "./native-stack.ts";
import { toTerminal } from "./print.ts";
import { checkSettings, ensureEnvFile, readSettings, requirePassword, type Settings } from "./settings.ts";

type Place = readonly [address: string, note?: string];

function producerOf(mode: Mode, { env, ports }: Settings): Place {
  const from = sentence(env.INGEST_FROM ?? "");
  if (mode === "native")
    return [`http://127.0.0.1:${ports.producer}/metrics`, `follows ${from}; log: .stack/logs/producer.log`];
  if (followsInDocker(env)) return [`follows ${from}`, ""];
  return [`does not follow ${from}`, "its container sees no local path: npm run ingest sends it"];
}

function printAddresses(mode: Mode, settings: Settings): void {
  const { env, ports } = settings;
  const isDocker = mode === "docker";
  const print = (name: string, [address, note = ""]: Place) =>
    toTerminal(`  ${name.padEnd(8)} ${pc.cyan(address)}${note && `  ${pc.dim(`(${note})`)}`}`);
  if (isDocker || findGrafana(env))
    print("Grafana", [`http://localhost:${ports.grafana}`, "user admin, password in deploy/.env"]);
  const embedded = !isDocker && nativeHolder(env) === "store" ? "the embedded store" : "";
  print("Loki", [`http://127.0.0.1:${ports.loki}`, embedded]);
  print("Kafka", [`127.0.0.1:${ports.kafka}`]);
  const caught = env.SMTP_HOST ? "unused: SMTP_HOST is set" : "the alert e-mails";
  if (isDocker) print("Mailpit", [`http://localhost:${ports.mailpit}`, caught]);
  if (env.INGEST_FROM) print("Producer", producerOf(mode, settings));
}

/** Brings the stack up, prints its addresses, and on the very first start replays the sample unless `demo` is false. */
export async function start({ demo }: { demo: boolean }, signal: AbortSignal): Promise<void> {
  const mode = chooseMode();
  if (ensureEnvFile()) toTerminal("deploy/.env written, with a random Grafana password");
  const settings = readSettings();
  requirePassword(settings);
  checkSettings(settings.env);
  const ranAlready =
    mode === "docker" ? await startDockerStack(settings, signal) : await startNativeStack(settings, signal);
  const how = mode === "docker" ? "Docker" : "native processes";
  toTerminal(pc.bold(`The stack ${ranAlready ? "was running already" : "is up"} (${how}):`));
  printAddresses(mode, settings);
  await offerSample(mode, { demo, settings, signal });
  for (const line of [...settings.overruled, ...(mode === "native" ? lacks(settings.env) : [])])
    toTerminal(sentences(line));
}

type Offer = Readonly<{ demo: boolean; settings: Settings; signal: AbortSignal }>;

/** On the very first start over these data the sample is replayed, unless `demo` is false. */
async function offerSample(mode: Mode, { demo, settings, signal }: Offer): Promise<void> {
  const marker = firstStart(mode, mode === "docker" ? await volumesIdentity() : "");
  if (!marker.isFirst()) return;
  try {
    if (demo) {
      toTerminal("First start: replaying the sample");
      await replaySample(settings, signal);
    }
  } catch (error) {
    if (signal.aborted) await stop();
    else marker.done();
    throw error;
  }
  marker.done();
}

/** Replays the sample again. */
export const demo = (signal: AbortSignal): Promise<void> => replaySample(readSettings(), signal);

/** Takes the stack down and keeps its data. */
export async function stop(): Promise<void> {
  const nativeRan = await stopNativeStack(toTerminal);
  const mode = nativeRan ? "native" : chooseMode();
  if (mode === "docker") await removeDockerStack(readSettings().env);
  else if (!nativeRan) toTerminal("nothing was running");
}

/** Removes all data of the stack, after a confirmation unless `yes`. */
export async function clean({ yes }: { yes: boolean }): Promise<void> {
  assertDataHere();
  const docker = chooseMode() === "docker";
  const what = `all data of the stack (${docker ? "the Docker volumes and " : ""}.stack/: records, Grafana's database, logs)`;
  if (!yes && !(await confirmed(`This removes ${what}. Continue? [y/N] `))) return toTerminal("nothing was removed");
  await stopNativeStack(toTerminal);
  if (docker) await removeDockerStack(readSettings().env, { volumes: true });
  removeNativeData();
  toTerminal(`removed ${what}`);
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UserError(
      "npm run clean asks before it removes data, and there is no terminal to ask on: run npm run clean -- --yes.",
    );
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const interrupted = new AbortController();
  terminal.once("SIGINT", () => interrupted.abort());
  const answer = await terminal.question(question, { signal: interrupted.signal }).catch(() => "");
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
