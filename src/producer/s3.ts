import type { Readable } from "node:stream";
import {
  type _Object,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
  type S3ServiceException,
} from "@aws-sdk/client-s3";
import { detail, InputError, RefusedInput, UserError } from "../core/errors.ts";
import type { Input } from "./pieces.ts";

const ANSWER_MS = 10_000;
/** More would only fill the memory. */
const MOST_OBJECTS = 1_000_000;
/** So many pages in a row may bring no key that was not there before. */
const IDLE_PAGES = 20;

/** Lists the object `s3://bucket/key`, or all objects under `s3://bucket/prefix/` in key order; credentials and region come from the standard AWS chain. */
export async function s3Listing(uri: string): Promise<() => Promise<readonly Input[]>> {
  const [, bucket = "", key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? [];
  if (bucket === "" || key === undefined)
    throw new UserError(`${uri} is no S3 address; write s3://bucket/key or s3://bucket/prefix/.`);
  const client = await s3Client();
  if (key !== "" && !key.endsWith("/")) return async () => [await described(client, bucket, key)];
  return () =>
    listed(client, bucket, key).catch((error) => {
      throw explained(error, uri, bucket);
    });
}

async function s3Client(): Promise<S3Client> {
  // Its advice about future Node versions would stand among the rejects of a dry run.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const options: S3ClientConfig = {
    forcePathStyle: endpoint() !== undefined,
    followRegionRedirects: true,
    maxAttempts: 3,
    // Longer than Kafka may be away: meanwhile nothing is read from S3.
    requestHandler: { connectionTimeout: 3000, socketTimeout: 120_000 },
  };
  const client = new S3Client(options);
  const region = await client.config.region().catch(() => undefined);
  return region ? client : new S3Client({ ...options, region: "us-east-1" });
}

const endpoint = () => process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL || undefined;

/** The object with its size and ETag. Why an object cannot be had is told when it is opened, unless S3 does not even answer. */
async function described(client: S3Client, bucket: string, key: string): Promise<Input> {
  try {
    const head = await answered((options) => client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), options));
    return objectInput(client, bucket, {
      Key: key,
      Size: head.ContentLength,
      ETag: head.ETag,
      LastModified: head.LastModified,
    });
  } catch (error) {
    if (statusOf(error) === undefined) throw explained(error, `s3://${bucket}/${key}`, bucket);
    return objectInput(client, bucket, { Key: key });
  }
}

/** Limits the wait for an answer, not the reading of what it brings. */
async function answered<T>(send: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWER_MS);
  return send({ abortSignal: limit.signal }).finally(() => clearTimeout(timer));
}

async function listed(client: S3Client, bucket: string, prefix: string): Promise<Input[]> {
  const inputs: Input[] = [];
  let token: string | undefined;
  const seen = new Set<string | undefined>();
  let idle = 0;
  do {
    const page = await answered((options) =>
      client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }), options),
    );
    for (const object of page.Contents ?? [])
      if (object.Key !== undefined && !object.Key.endsWith("/")) inputs.push(objectInput(client, bucket, object));
    token = page.NextContinuationToken;
    const before = seen.size;
    for (const { Key } of page.Contents ?? []) seen.add(Key);
    idle = seen.size > before ? 0 : idle + 1;
    if (idle > IDLE_PAGES)
      throw new UserError(
        `S3 at ${endpoint() ?? "AWS"} lists s3://${bucket}/${prefix} without end: ${idle} pages brought nothing new; check the server.`,
      );
    if (inputs.length > MOST_OBJECTS)
      throw new UserError(`s3://${bucket}/${prefix} holds more than ${MOST_OBJECTS} objects; name a longer prefix.`);
  } while (token !== undefined);
  return inputs.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

function objectInput(client: S3Client, bucket: string, { Key, Size, ETag, LastModified }: _Object): Input {
  const name = `s3://${bucket}/${Key}`;
  const open = async () => {
    try {
      const { Body } = await answered((options) => client.send(new GetObjectCommand({ Bucket: bucket, Key }), options));
      return Body as Readable;
    } catch (error) {
      throw refusedAlone(error)
        ? new RefusedInput(explained(error, name, bucket).message, { cause: error })
        : explained(error, name, bucket);
    }
  };
  return { name, address: name, version: ETag, size: Size, modified: LastModified?.getTime(), paced: true, open };
}

const OUT_OF_REACH = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNRESET",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EPIPE",
]);
const statusOf = (error: unknown) => (error as Partial<S3ServiceException>).$metadata?.httpStatusCode;

/** Whether S3 refuses this object (its rights, its key, its storage class), and not all of them. */
const refusedAlone = (error: unknown) => {
  const status = statusOf(error) ?? 0;
  return status >= 400 && status < 500 && status !== 404;
};

function explained(error: unknown, uri: string, bucket: string): UserError {
  if (error instanceof UserError) return error;
  const { name, code } = error as NodeJS.ErrnoException;
  const says = (sentence: string) => new UserError(sentence, { cause: error });
  const outOfReach = (why: string) =>
    says(
      `S3 at ${endpoint() ?? "AWS"} cannot be reached to read ${uri} (${why}); check the network or AWS_ENDPOINT_URL_S3.`,
    );
  if (name === "NoSuchBucket") return says(`The bucket ${bucket} of ${uri} does not exist.`);
  if (name === "NoSuchKey" || name === "NotFound")
    return new InputError(`The object ${uri} does not exist.`, { cause: error });
  if (name === "CredentialsProviderError")
    return says(
      `There are no AWS credentials to read ${uri} with; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE (${detail(error)}).`,
    );
  if (name === "AbortError") return outOfReach(`no answer within ${ANSWER_MS / 1000} s`);
  if (name === "TimeoutError" || OUT_OF_REACH.has(code ?? "")) return outOfReach(detail(error));
  if (statusOf(error) === 403)
    return says(`S3 refuses access to ${uri} (${name}: ${detail(error)}); check the credentials and their rights.`);
  return says(`S3 cannot give ${uri} (${name}: ${detail(error)}).`);
}
