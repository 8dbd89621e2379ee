import { z } from "../../../core/libraries.ts";
import { shaped } from "../../../core/shaped.ts";
import type { ObjectName } from "../s3/client.ts";

/** What a message tells: the objects that were made, or why it is none of S3's. */
type Announcement = Readonly<{ objects: readonly ObjectName[] }> | Readonly<{ fault: string }>;

const notice = z.object({
  Records: z.array(
    z.object({
      eventSource: z.literal("aws:s3"),
      eventName: z.string(),
      s3: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
    }),
  ),
});
const test = z.object({ Service: z.literal("Amazon S3"), Event: z.literal("s3:TestEvent") });
/** The same through SNS, and through EventBridge. */
const envelope = z.object({ Type: z.literal("Notification"), Message: z.string() });
const bridged = z.object({
  source: z.literal("aws.s3"),
  "detail-type": z.string(),
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});

/** S3 writes keys as forms do. */
function decodedKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** Reads the body of a message: S3's own event, or one that came through SNS or EventBridge. */
export function announcementOf(body: string): Announcement {
  const value = shaped(z.unknown(), body);
  if (value === undefined) return { fault: "it is no JSON" };
  const inside = envelope.safeParse(value);
  if (inside.success) return announcementOf(inside.data.Message);
  if (test.safeParse(value).success) return { objects: [] };
  const bridge = bridged.safeParse(value);
  if (bridge.success) {
    const { "detail-type": kind, detail } = bridge.data;
    return { objects: kind === "Object Created" ? [{ bucket: detail.bucket.name, key: detail.object.key }] : [] };
  }
  const { success, data } = notice.safeParse(value);
  if (!success) return { fault: "it is no event of S3" };
  const created = data.Records.filter(({ eventName }) => eventName.startsWith("ObjectCreated:"));
  const objects = created.map(({ s3 }) => ({ bucket: s3.bucket.name, key: decodedKey(s3.object.key) }));
  const broken = objects.findIndex(({ key }) => key === undefined);
  if (broken !== -1) return { fault: `its key ${JSON.stringify(created[broken]?.s3.object.key)} cannot be decoded` };
  return {
    objects: objects.filter((object): object is ObjectName => object.key !== undefined && !object.key.endsWith("/")),
  };
}
