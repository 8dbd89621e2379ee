import type { Readable } from "node:stream";
import { type _Object, GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { RefusedInput } from "../../../core/errors.ts";
import { statusOf } from "../aws.ts";
import type { Input } from "../input.ts";
import { answered, type ObjectName, s3Client } from "./client.ts";
import { explained } from "./explained.ts";

/** Gives objects as they are now, `undefined` for one that is gone. */
export async function s3Objects(): Promise<(name: ObjectName) => Promise<Input | undefined>> {
  const client = await s3Client();
  return (name) => found(client, name);
}

/** The object with its size and ETag. Why it cannot be had is told when it is opened, unless S3 does not answer. */
export const described = async (client: S3Client, { bucket, key }: ObjectName): Promise<Input> =>
  (await found(client, { bucket, key })) ?? objectInput(client, bucket, { Key: key });

/** The same; nothing for an object that is not there. */
async function found(client: S3Client, { bucket, key }: ObjectName): Promise<Input | undefined> {
  const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
  try {
    const { ContentLength, ETag, LastModified } = await answered((options) => client.send(command, options));
    return objectInput(client, bucket, { Key: key, Size: ContentLength, ETag, LastModified });
  } catch (error) {
    if (statusOf(error) === undefined) throw explained(error, { uri: `s3://${bucket}/${key}`, bucket });
    if (statusOf(error) === 404) return undefined;
    return objectInput(client, bucket, { Key: key });
  }
}

export function objectInput(client: S3Client, bucket: string, { Key = "", Size, ETag, LastModified }: _Object): Input {
  const name = `s3://${bucket}/${Key}`;
  const open = async () => {
    const command = new GetObjectCommand({ Bucket: bucket, Key });
    try {
      return (await answered((options) => client.send(command, options))).Body as Readable;
    } catch (cause) {
      const error = explained(cause, { uri: name, bucket });
      throw isRefusedAlone(cause) ? new RefusedInput(error.message, { cause }) : error;
    }
  };
  return {
    name,
    address: name,
    key: Key,
    version: ETag,
    size: Size,
    modified: LastModified?.getTime(),
    paced: true,
    open,
  };
}

/** Whether S3 refuses this object (its rights, its key, its storage class), and not all of them. */
function isRefusedAlone(error: unknown): boolean {
  const status = statusOf(error) ?? 0;
  return status >= 400 && status < 500 && status !== 404;
}
