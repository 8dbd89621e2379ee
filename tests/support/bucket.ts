import { createServer } from "node:http";
import { onTestFinished, vi } from "vitest";
import { served } from "./served.ts";

const contents = ([key, text]: readonly [string, string]) =>
  `<Contents><Key>${key}</Key><Size>${Buffer.byteLength(text)}</Size><ETag>"${Buffer.byteLength(text)}"</ETag></Contents>`;
const listing = (found: readonly (readonly [string, string])[]) =>
  `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${found.map(contents).join("")}</ListBucketResult>`;
const NO_KEY = '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>';

/**
 * An S3 server with one bucket `b`, which the standard AWS variables name until the test ends; what it holds may
 * change.
 */
export async function bucket(objects: Map<string, string>): Promise<void> {
  const server = createServer(({ url = "", method }, response) => {
    const { pathname, searchParams } = new URL(url, "http://s3");
    if (searchParams.has("list-type")) {
      const prefix = searchParams.get("prefix") ?? "";
      response.end(listing([...objects].filter(([key]) => key.startsWith(prefix)).sort()));
      return;
    }
    const text = objects.get(decodeURIComponent(pathname.replace("/b/", "")));
    if (text === undefined) response.writeHead(404).end(method === "HEAD" ? undefined : NO_KEY);
    else response.writeHead(200, { "content-length": Buffer.byteLength(text), etag: `"${Buffer.byteLength(text)}"` });
    if (text !== undefined) response.end(method === "HEAD" ? undefined : text);
  });
  onTestFinished(() => void vi.unstubAllEnvs());
  const url = `http://127.0.0.1:${await served(server)}`;
  const variables = { AWS_ENDPOINT_URL_S3: url, AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "y" };
  for (const [name, value] of Object.entries({ ...variables, AWS_REGION: "us-east-1" })) vi.stubEnv(name, value);
}
