import { Readable } from "node:stream";
import {
  type _Object,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  S3Client,
  type S3ClientConfig,
  type S3ServiceException,
} from "@aws-sdk/client-s3";
import { detail, InputError, RefusedInput, UserError } from "../../../core/errors.ts";
import type { Input } from "../../reading/pieces.ts";
import { fullLister, type Lister } from "../lister.ts";
import type { ObjectName } from "../queue/events.ts";
import { takenOut } from "./contents.ts";
import { allPages, type Page, type Pages, prefixLister } from "./prefix.ts";

const ANSWER_MS = 10_000;
/** More would only fill the memory. */
const MOST_OBJECTS = 1_000_000;

/** The parts of `s3://bucket/key`; throws a `UserError` for what is no such address. */
export function s3Address(uri: string): Readonly<{ bucket: string; key: string; isPrefix: boolean }> {
  const [, bucket = "", key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? [];
  if (bucket === "" || key === undefined)
    throw new UserError(`${uri} is no S3 address; write s3://bucket/key or s3://bucket/prefix/.`);
  return { bucket, key, isPrefix: key === "" || key.endsWith("/") };
}

/**
 * Lists the object `s3://bucket/key`, or all objects under `s3://bucket/prefix/` in key order.
 * Credentials and region come from the standard AWS chain.
 */
export async function s3Listing(uri: string): Promise<() => Promise<readonly Input[]>> {
  const { bucket, key, isPrefix } = s3Address(uri);
  const client = await s3Client();
  if (!isPrefix) return async () => [await described(client, { bucket, key })];
  const [pages, what] = [pagesOf(client, { bucket, prefix: key }), lists(uri)];
  return async () => {
    const inputs: Input[] = [];
    for await (const page of allPages(pages, what)) {
      for (const input of page.inputs) inputs.push(input);
      if (inputs.length > MOST_OBJECTS)
        throw new UserError(`${uri} holds more than ${MOST_OBJECTS} objects; name a longer prefix.`);
    }
    return inputs.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  };
}

/** Looks every so often at an object, or at a prefix with few requests. */
export async function s3Lister(uri: string, everyMs: number, { whole = false } = {}): Promise<Lister> {
  const { bucket, key, isPrefix } = s3Address(uri);
  return isPrefix
    ? prefixLister(pagesOf(await s3Client(), { bucket, prefix: key }), { what: lists(uri), everyMs, whole })
    : fullLister(await s3Listing(uri));
}

/** Gives objects as they are now, `undefined` for one that is gone. */
export async function s3Objects(): Promise<(name: ObjectName) => Promise<Input | undefined>> {
  const client = await s3Client();
  return (name) => found(client, name);
}

const lists = (uri: string) => `S3 at ${endpoint() ?? "AWS"} lists ${uri}`;

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

/** The object with its size and ETag. Why it cannot be had is told when it is opened, unless S3 does not answer. */
const described = async (client: S3Client, { bucket, key }: ObjectName): Promise<Input> =>
  (await found(client, { bucket, key })) ?? objectInput(client, bucket, { Key: key });

/** The same; nothing for an object that is not there. */
async function found(client: S3Client, { bucket, key }: ObjectName): Promise<Input | undefined> {
  try {
    const head = await answered((options) => client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), options));
    return objectInput(client, bucket, {
      Key: key,
      Size: head.ContentLength,
      ETag: head.ETag,
      LastModified: head.LastModified,
    });
  } catch (error) {
    if (statusOf(error) === undefined) throw explained(error, { uri: `s3://${bucket}/${key}`, bucket });
    if (statusOf(error) === 404) return undefined;
    return objectInput(client, bucket, { Key: key });
  }
}

/** Limits the wait for an answer, not the reading of what it brings. */
async function answered<T>(send: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWER_MS);
  return send({ abortSignal: limit.signal }).finally(() => clearTimeout(timer));
}

function pagesOf(client: S3Client, { bucket, prefix }: Readonly<{ bucket: string; prefix: string }>): Pages {
  const ask = async (from: Parameters<Pages>[0] = {}): Promise<Page> => {
    const place = "after" in from ? { StartAfter: from.after } : { ContinuationToken: from.next };
    const { command, taken } = listCommand({ Bucket: bucket, Prefix: prefix, ...place });
    const page = await answered((options) => client.send(command, options));
    const all = [...taken(), ...(page.Contents ?? [])];
    const inputs = all.flatMap((object) =>
      object.Key === undefined || object.Key.endsWith("/") ? [] : [objectInput(client, bucket, object)],
    );
    return { inputs, first: all[0]?.Key, last: all.at(-1)?.Key, next: page.NextContinuationToken };
  };
  return (from) =>
    ask(from).catch((error) => {
      throw explained(error, { uri: `s3://${bucket}/${prefix}`, bucket });
    });
}

/** A request for a page whose objects are taken out before the client reads the rest. */
function listCommand(input: ListObjectsV2CommandInput) {
  const command = new ListObjectsV2Command(input);
  let objects: readonly _Object[] = [];
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode: number; body: Readable };
      if (response.statusCode !== 200) return result;
      const page = takenOut(Buffer.concat(await response.body.toArray()));
      objects = page.objects;
      response.body = Readable.from([page.rest]);
      return result;
    },
    { step: "deserialize", priority: "low", name: "contents" },
  );
  return { command, taken: () => objects };
}

function objectInput(client: S3Client, bucket: string, { Key, Size, ETag, LastModified }: _Object): Input {
  const name = `s3://${bucket}/${Key}`;
  const open = async () => {
    try {
      const { Body } = await answered((options) => client.send(new GetObjectCommand({ Bucket: bucket, Key }), options));
      return Body as Readable;
    } catch (error) {
      throw refusedAlone(error)
        ? new RefusedInput(explained(error, { uri: name, bucket }).message, { cause: error })
        : explained(error, { uri: name, bucket });
    }
  };
  return {
    name,
    address: name,
    key: Key ?? "",
    version: ETag,
    size: Size,
    modified: LastModified?.getTime(),
    paced: true,
    open,
  };
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

function explained(error: unknown, { uri, bucket }: Readonly<{ uri: string; bucket: string }>): UserError {
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
