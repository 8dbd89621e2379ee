import type { S3Credentials } from "./service.ts";

/** The variables by which a program finds an S3 server that is not Amazon's. */
export const s3Environment = (
  url: string,
  { accessKeyId, secretAccessKey }: S3Credentials,
): Record<string, string> => ({
  AWS_ENDPOINT_URL_S3: url,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});
