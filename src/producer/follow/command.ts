import type { Readable } from "node:stream";
import { durationSeconds } from "../../core/durations.ts";
import { listening } from "../../core/env/addresses.ts";
import { setting } from "../../core/env.ts";
import { detail, UserError } from "../../core/errors.ts";
import { kafkaSettings } from "../../core/kafka/settings.ts";
import { DATA_FOLDER, diskWatch } from "../../core/service/disk.ts";
import { serviceLog } from "../../core/service/log.ts";
import { type StatusOptions, statusServer } from "../../core/service/status.ts";
import type { Lister } from "../inputs/lister.ts";
import { addressOf, isMany, listerOf } from "../inputs/listing.ts";
import { type QueueOptions, queueLister } from "../inputs/queue/lister.ts";
import { type Share, shareText } from "../inputs/share.ts";
import { thrifty } from "../memory.ts";
import { stateSink } from "../state/sink.ts";
import { follow } from "./follow.ts";
import { followMetrics } from "./metrics.ts";

export type FollowFlags = Readonly<{
  from: string;
  every: string;
  share: Share;
  queue: string | undefined;
  zone: string;
  env: NodeJS.ProcessEnv;
  stdin: Readable;
  signal: AbortSignal;
}>;

/** Follows an address until `signal` is aborted; logs JSON lines, serves its status on `INGEST_STATUS_ADDRESS`. */
export async function followCommand({
  from,
  every,
  share,
  queue,
  zone,
  env,
  stdin,
  signal,
}: FollowFlags): Promise<void> {
  thrifty();
  const everyMs = milliseconds(every);
  const settings = kafkaSettings(env);
  const under = (await isMany(from)) ? addressOf(from) : undefined;
  const log = serviceLog("producer");
  const metrics = followMetrics(Date.now, { everyMs });
  const onPoison: QueueOptions["onPoison"] = ({ id, body }, why) => {
    metrics.poisoned();
    log.error({ id, why, body: body.slice(0, 200) }, "a message of the queue cannot be used; it is left there");
  };
  const lister =
    queue === undefined
      ? await listerOf(from, { stdin, everyMs })
      : await queued(from, queue, { everyMs, signal, onPoison });
  const disk = diskWatch(setting(env, DATA_FOLDER), { registry: metrics.registry, prefix: "ingestion_producer_", log });
  const healthz = () => metrics.healthz() ?? disk.fault();
  const status = await serve(setting(env, "INGEST_STATUS_ADDRESS"), {
    registry: metrics.registry,
    healthz,
    warning: disk.warning,
  });
  log.info(
    { from, every, ...(share.of > 1 && { share: shareText(share) }), ...(queue && { queue }), status: status.url },
    "following",
  );
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

type Queued = Readonly<{ everyMs: number; signal: AbortSignal }> & Pick<QueueOptions, "onPoison">;

/** Looks at what a queue tells of a prefix of S3, and every hour at all of it. */
async function queued(from: string, address: string, { everyMs, signal, onPoison }: Queued): Promise<Lister> {
  const [{ s3Address, s3Lister, s3Objects }, { queueAddress, sqsQueue }] = await Promise.all([
    import("../inputs/s3/listing.ts"),
    import("../inputs/queue/sqs.ts"),
  ]);
  const { bucket, key, isPrefix } = s3Address(from);
  return queueLister({
    queue: sqsQueue(queueAddress(address), everyMs, signal),
    net: await s3Lister(from, everyMs, { whole: true }),
    objectOf: await s3Objects(),
    isUnder: (name) => name.bucket === bucket && (isPrefix ? name.key.startsWith(key) : name.key === key),
    onPoison,
  });
}

const DAY = 86_400;

function milliseconds(text: string): number {
  const seconds = durationSeconds(text) ?? 0;
  if (seconds <= 0 || seconds > DAY)
    throw new UserError(`--every is ${JSON.stringify(text)}; write a time such as 500ms, 5s or 1m, of 24h at most.`);
  return seconds * 1000;
}

async function serve(address: string, answers: Omit<StatusOptions, "host" | "port">) {
  return statusServer({ ...listening(address)!, ...answers }).catch((cause) => {
    throw new UserError(
      `INGEST_STATUS_ADDRESS is ${address}, where nothing can listen (${detail(cause)}); set it to a free address.`,
      { cause },
    );
  });
}
