import { S3Client } from "@aws-sdk/client-s3";
import type { Stack } from "../../src/stack/native.ts";

/** A client of a stack's own S3 server. */
export const s3Client = ({ s3Url, s3 }: Pick<Stack, "s3Url" | "s3">): S3Client =>
  new S3Client({ endpoint: s3Url, region: "us-east-1", credentials: s3, forcePathStyle: true });
