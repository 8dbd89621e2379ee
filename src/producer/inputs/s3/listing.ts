import { Readable } from "node:stream";
import { type _Object, ListObjectsV2Command, type ListObjectsV2CommandInput, type S3Client } from "@aws-sdk/client-s3";
import { UserError } from "../../../core/errors.ts";
import { byName, type Input } from "../input.ts";
import { fullLister, type Lister } from "../lister.ts";
import { answered, s3Address, s3Client, s3Name } from "./client.ts";
import { takenOut } from "./contents.ts";
import { explained } from "./explained.ts";
import { described, objectInput } from "./objects.ts";
import { allPages, type Pages, prefixLister } from "./prefix.ts";

/** More would only fill the memory. */
const MOST_OBJECTS = 1_000_000;

/** Lists the object `s3://bucket/key`, or all objects under `s3://bucket/prefix/` in key order. */
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
    return inputs.sort(byName);
  };
}

/** Looks every so often at an object, or at a prefix with few requests. */
export async function s3Lister(uri: string, everyMs: number, { whole = false } = {}): Promise<Lister> {
  const { bucket, key, isPrefix } = s3Address(uri);
  return isPrefix
    ? prefixLister(pagesOf(await s3Client(), { bucket, prefix: key }), { what: lists(uri), everyMs, whole })
    : fullLister(await s3Listing(uri));
}

const lists = (uri: string) => `${s3Name()} lists ${uri}`;

function pagesOf(client: S3Client, { bucket, prefix }: Readonly<{ bucket: string; prefix: string }>): Pages {
  return async (from = {}) => {
    const place = "after" in from ? { StartAfter: from.after } : { ContinuationToken: from.next };
    const { command, taken } = listCommand({ Bucket: bucket, Prefix: prefix, ...place });
    const page = await answered((options) => client.send(command, options)).catch((error) => {
      throw explained(error, { uri: `s3://${bucket}/${prefix}`, bucket });
    });
    const all = [...taken(), ...(page.Contents ?? [])];
    const objects = all.filter(({ Key }) => Key !== undefined && !Key.endsWith("/"));
    const inputs = objects.map((object) => objectInput(client, bucket, object));
    return { inputs, first: all[0]?.Key, last: all.at(-1)?.Key, next: page.NextContinuationToken };
  };
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
