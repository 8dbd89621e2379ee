import { detail, InputError, UserError } from "../../../core/errors.ts";
import { statusOf, wantOfCredentials } from "../aws.ts";
import { ANSWER_MS, s3Name } from "./client.ts";

const OUT_OF_REACH = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNRESET",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EPIPE",
]);

/** What S3 did not do, for the user. */
export function explained(error: unknown, { uri, bucket }: Readonly<{ uri: string; bucket: string }>): UserError {
  if (error instanceof UserError) return error;
  const { name, code } = error as NodeJS.ErrnoException;
  const says = (sentence: string) => new UserError(sentence, { cause: error });
  const outOfReach = (why: string) =>
    says(`${s3Name()} cannot be reached to read ${uri} (${why}); check the network or AWS_ENDPOINT_URL_S3.`);
  if (name === "NoSuchBucket") return says(`The bucket ${bucket} of ${uri} does not exist; check its name.`);
  if (name === "NoSuchKey" || name === "NotFound")
    return new InputError(`The object ${uri} does not exist; check its key.`, { cause: error });
  const noCredentials = wantOfCredentials(error, `to read ${uri} with`);
  if (noCredentials) return says(noCredentials);
  if (name === "AbortError") return outOfReach(`no answer within ${ANSWER_MS / 1000} s`);
  if (name === "TimeoutError" || OUT_OF_REACH.has(code ?? "")) return outOfReach(detail(error));
  if (statusOf(error) === 403)
    return says(`S3 refuses access to ${uri} (${name}: ${detail(error)}); check the credentials and their rights.`);
  return says(`S3 cannot give ${uri} (${name}: ${detail(error)}); check the address, or ask again later.`);
}
