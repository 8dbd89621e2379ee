import { detail } from "../../core/errors.ts";

/** Where neither the environment nor a profile names a region. */
export const ANY_REGION = "us-east-1";

/** What the clients of AWS have in common; a socket may be silent for so many milliseconds. */
export function clientOptions(socketTimeout: number) {
  // Its advice about future Node versions would stand among the rejects of a dry run.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return { maxAttempts: 3, requestHandler: { connectionTimeout: 3000, socketTimeout } };
}

/** The status of the answer that an error came with, if there was one. */
export const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

/** The sentence for an error that says that nobody gave credentials; `undefined` for others. */
export const wantOfCredentials = (error: unknown, purpose: string): string | undefined =>
  (error as Error).name === "CredentialsProviderError"
    ? `There are no AWS credentials ${purpose}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE (${detail(error)}).`
    : undefined;
