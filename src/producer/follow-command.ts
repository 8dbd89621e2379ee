import type { Readable } from "node:stream";
import { durationSeconds } from "../core/durations.ts";
import { detail, UserError } from "../core/errors.ts";
import { kafkaSettings } from "../core/kafka/settings.ts";
import { DATA_FOLDER, diskWatch } from "../core/service/disk.ts";
import { serviceLog } from "../core/service/log.ts";
import { type StatusOptions, statusServer } from "../core/service/status.ts";
import { follow } from "./follow.ts";
import { followMetrics } from "./follow-metrics.ts";
import { addressOf, isMany, listing } from "./inputs.ts";
import { stateSink } from "./state/sink.ts";

export type FollowFlags = Readonly<{ from: string; every: string; zone: string; env: NodeJS.ProcessEnv; stdin: Readable; signal: AbortSignal }>;

/** Follows an address until `signal` is aborted, logging JSON lines and answering `/healthz` and `/metrics` on `INGEST_STATUS_ADDRESS`. */
export async function followCommand({ from, every, zone, env, stdin, signal }: FollowFlags): Promise<void> {
  const everyMs = milliseconds(every);
  const settings = kafkaSettings(env);
  const list = listing(from, stdin);
  const under = (await isMany(from)) ? addressOf(from) : undefined;
  const log = serviceLog("producer");
  const metrics = followMetrics(Date.now, { everyMs });
  const disk = diskWatch(env[DATA_FOLDER] || undefined, { registry: metrics.registry, prefix: "ingestion_producer_", log });
  const healthz = () => metrics.healthz() ?? disk.fault();
  const status = await serve(env.INGEST_STATUS_ADDRESS || "127.0.0.1:9464", { registry: metrics.registry, healthz, warning: disk.warning });
  log.info({ from, every, status: status.url }, "following");
  const waiting = (seconds: number, holder: string) => {
    metrics.waiting();
    log.info({ seconds, holder }, "another ingestion is at work: waiting");
  };
  const connect = () => stateSink({ settings, signal, waiting });
  await follow({ list, connect, under, zone, everyMs, log, metrics, signal }).finally(status.close).finally(disk.close);
  log.info("stopped");
}

const DAY = 86_400;

function milliseconds(text: string): number {
  const seconds = durationSeconds(text) ?? 0;
  if (seconds <= 0 || seconds > DAY) throw new UserError(`--every is ${JSON.stringify(text)}; write a time such as 500ms, 5s or 1m, of 24h at most.`);
  return seconds * 1000;
}

async function serve(address: string, answers: Omit<StatusOptions, "host" | "port">) {
  const [, host = "", port] = /^(.*):(\d{1,5})$/.exec(address) ?? [];
  if (host === "" || Number(port) > 65_535)
    throw new UserError(`INGEST_STATUS_ADDRESS is ${JSON.stringify(address)}; write host:port, such as 127.0.0.1:9464.`);
  return statusServer({ host: host.replace(/^\[|\]$/g, ""), port: Number(port), ...answers }).catch((cause) => {
    throw new UserError(`INGEST_STATUS_ADDRESS is ${address}, where nothing can listen (${detail(cause)}); set it to a free address.`, { cause });
  });
}
