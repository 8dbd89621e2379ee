import { setting } from "../../core/env.ts";
import { UserError } from "../../core/errors.ts";
import { kindOf } from "../inputs/address.ts";
import type { Lister } from "../inputs/lister.ts";
import { type QueueOptions, queueLister } from "../inputs/queue/lister.ts";
import type { Share } from "../inputs/share.ts";

type Asked = Readonly<{ from: string; share: Share; queue?: string }>;

/** The queue that a follower hears, if any; throws a `UserError` where it cannot be used. */
export function queueOf({ from, share, queue }: Asked, env: NodeJS.ProcessEnv): URL | undefined {
  const address = queue ?? setting(env, "INGEST_QUEUE");
  if (address === undefined) return undefined;
  const name = queue === undefined ? "INGEST_QUEUE" : "--queue";
  if (kindOf(from) !== "s3")
    throw new UserError(
      `${name} tells of objects in S3, and ${from} is no S3 address; follow s3://bucket/prefix/, or go without the queue.`,
    );
  if (share.of > 1)
    throw new UserError(
      `${name} does not go with --share: whoever hears a queue gets messages of every share; give one of them up.`,
    );
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol) && /^\/[^/]+\/[^/]+$/.test(url.pathname) && !url.username && !url.password)
    return url;
  throw new UserError(
    `${name} is ${JSON.stringify(address)}, which is no queue; write it as SQS shows it, such as https://sqs.ca-central-1.amazonaws.com/123456789012/logs.`,
  );
}

type Hearing = Readonly<{ everyMs: number; signal: AbortSignal }> & Pick<QueueOptions, "onPoison">;

/** Looks at what a queue tells of a prefix of S3, and every hour at all of it. */
export async function queuedLister(from: string, queue: URL, { everyMs, signal, onPoison }: Hearing): Promise<Lister> {
  const [{ s3Address }, { s3Lister }, { s3Objects }, { sqsQueue }] = await Promise.all([
    import("../inputs/s3/client.ts"),
    import("../inputs/s3/listing.ts"),
    import("../inputs/s3/objects.ts"),
    import("../inputs/queue/sqs.ts"),
  ]);
  const { bucket, key, isPrefix } = s3Address(from);
  return queueLister({
    queue: sqsQueue(queue, everyMs, signal),
    net: await s3Lister(from, everyMs, { whole: true }),
    objectOf: await s3Objects(),
    isUnder: (name) => name.bucket === bucket && (isPrefix ? name.key.startsWith(key) : name.key === key),
    onPoison,
  });
}
