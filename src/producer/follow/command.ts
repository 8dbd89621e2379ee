import type { Surroundings } from "../../core/command.ts";
import { durationSeconds } from "../../core/durations.ts";
import { listening } from "../../core/env/addresses.ts";
import { setting } from "../../core/env.ts";
import { UserError } from "../../core/errors.ts";
import { kafkaSettings } from "../../core/kafka/settings.ts";
import { DATA_FOLDER, diskWatch } from "../../core/service/disk.ts";
import { serviceLog } from "../../core/service/log.ts";
import { statusServer } from "../../core/service/status.ts";
import { DAY_S } from "../../core/spans.ts";
import { listerOf } from "../inputs/listing.ts";
import type { QueueOptions } from "../inputs/queue/lister.ts";
import { type Share, shareText } from "../inputs/share.ts";
import { thrifty } from "../memory.ts";
import { stateSink } from "../state/sink.ts";
import { follow } from "./follow.ts";
import { followMetrics } from "./metrics.ts";
import { queuedLister, queueOf } from "./queue.ts";

type Order = Readonly<{
  from: string;
  under: string | undefined;
  every: string;
  share: Share;
  queue?: string;
  zone: string;
}>;
type Around = Pick<Surroundings, "env" | "stdin" | "interrupted">;

/** Follows an address until the user ends it; logs JSON lines, serves its status on `INGEST_STATUS_ADDRESS`. */
export async function followCommand(order: Order, { env, stdin, interrupted }: Around): Promise<void> {
  const { from, under, every, share, zone } = order;
  const queue = queueOf(order, env);
  const signal = interrupted();
  thrifty();
  const everyMs = milliseconds(every);
  const settings = kafkaSettings(env);
  const log = serviceLog("producer");
  const metrics = followMetrics(Date.now, { everyMs });
  const onPoison: QueueOptions["onPoison"] = ({ id, body }, why) => {
    metrics.poisoned();
    log.error({ id, why, body: body.slice(0, 200) }, "a message of the queue cannot be used; it is left there");
  };
  const lister = queue
    ? await queuedLister(from, queue, { everyMs, signal, onPoison })
    : await listerOf(from, { stdin, everyMs });
  const disk = diskWatch(setting(env, DATA_FOLDER), { registry: metrics.registry, prefix: "ingestion_producer_", log });
  const variable = "INGEST_STATUS_ADDRESS";
  const status = await statusServer({
    variable,
    ...listening(setting(env, variable))!,
    registry: metrics.registry,
    healthz: () => metrics.healthz() ?? disk.fault(),
    warning: disk.warning,
  });
  const shared = share.of > 1 && { share: shareText(share) };
  log.info({ from, every, ...shared, ...(queue && { queue: queue.href }), status: status.url }, "following");
  const waiting = (seconds: number, holder: string) => {
    metrics.waiting();
    log.info({ seconds, holder }, "another ingestion is at work: waiting");
  };
  const connect = () => stateSink({ settings, share, signal, waiting });
  await follow({ lister, connect, under, share, zone, everyMs, log, metrics, signal })
    .finally(status.close)
    .finally(disk.close);
  log.info("stopped");
}

function milliseconds(text: string): number {
  const seconds = durationSeconds(text) ?? 0;
  if (seconds <= 0 || seconds > DAY_S)
    throw new UserError(`--every is ${JSON.stringify(text)}; write a time such as 500ms, 5s or 1m, of 24h at most.`);
  return seconds * 1000;
}
