import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { UserError } from "../../../core/errors.ts";
import { ANY_REGION, clientOptions } from "../aws.ts";

export type ObjectName = Readonly<{ bucket: string; key: string }>;

/** How long S3 may take to begin its answer. */
export const ANSWER_MS = 10_000;
/** Longer than Kafka may be away: meanwhile nothing is read from S3. */
const SILENT_MS = 120_000;

/** The parts of `s3://bucket/key`; throws a `UserError` for what is no such address. */
export function s3Address(uri: string): ObjectName & Readonly<{ isPrefix: boolean }> {
  const [, bucket = "", key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? [];
  if (bucket === "" || key === undefined)
    throw new UserError(`${uri} is no S3 address; write s3://bucket/key or s3://bucket/prefix/.`);
  return { bucket, key, isPrefix: key === "" || key.endsWith("/") };
}

const endpoint = () => process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL || undefined;
/** Which S3 it is, for a sentence. */
export const s3Name = (): string => `S3 at ${endpoint() ?? "AWS"}`;

/** A client whose credentials and region come from the standard AWS chain. */
export async function s3Client(): Promise<S3Client> {
  const options: S3ClientConfig = {
    ...clientOptions(SILENT_MS),
    forcePathStyle: endpoint() !== undefined,
    followRegionRedirects: true,
  };
  const client = new S3Client(options);
  const region = await client.config.region().catch(() => undefined);
  return region ? client : new S3Client({ ...options, region: ANY_REGION });
}

/** Limits the wait for an answer, not the reading of what it brings. */
export async function answered<T>(send: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWER_MS);
  return send({ abortSignal: limit.signal }).finally(() => clearTimeout(timer));
}
