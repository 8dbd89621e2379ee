import { createServer, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { expect, onTestFinished, test, vi } from "vitest";
import { RefusedInput } from "../../../../src/core/errors.ts";
import { s3Listing } from "../../../../src/producer/inputs/s3/listing.ts";
import { hurried } from "../../../../src/producer/reading/hurried.ts";
import { piecesOf } from "../../../../src/producer/reading/pieces.ts";
import { served } from "../../../support/served.ts";

/** A server that answers each request for a list with `page`, and each other one with `object`. */
async function server(
  page: (response: ServerResponse, count: number) => void,
  object: (response: ServerResponse) => void = (response) => response.end(),
) {
  let count = 0;
  const http = createServer(({ url }, response) =>
    url!.includes("list-type=2") ? page(response, ++count) : object(response),
  );
  onTestFinished(() => void vi.unstubAllEnvs());
  const url = `http://127.0.0.1:${await served(http)}`;
  for (const [name, value] of Object.entries({
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: "x",
    AWS_SECRET_ACCESS_KEY: "y",
    AWS_REGION: "us-east-1",
  }))
    vi.stubEnv(name, value);
  return { url, pages: () => count };
}
const list = (keys: readonly string[], next?: string) =>
  `<?xml version="1.0"?><ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${next === undefined ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`}${keys
    .map((key) => `<Contents><Key>${key}</Key><Size>1</Size><ETag>"e"</ETag></Contents>`)
    .join("")}</ListBucketResult>`;

test("pages are followed to their end", async () => {
  await server((response, count) => response.end(list([`p/${count}`], count < 40 ? `t${count}` : undefined)));
  const inputs = await (await s3Listing("s3://b/p/"))();
  expect(inputs).toHaveLength(40);
});

test("what is taken out of a page is what the client reads of it", async () => {
  const plain = `<?xml version="1.0"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Contents><Key>p/a &amp; é.json</Key><LastModified>2026-11-27T10:00:00.123Z</LastModified><ETag>&quot;e1&quot;</ETag><Size>12</Size></Contents><Contents><Key>p/folder/</Key><Size>0</Size></Contents><IsTruncated>false</IsTruncated></ListBucketResult>`;
  await server((response, count) => response.end(count === 1 ? plain : plain.replaceAll("\n", "\r\n")));
  const list = await s3Listing("s3://b/p/");
  for (const _ of ["taken out", "read by the client"])
    expect(await list()).toMatchObject([
      { name: "s3://b/p/a & é.json", version: '"e1"', size: 12, modified: Date.UTC(2026, 10, 27, 10, 0, 0, 123) },
    ]);
});

test.each([
  [200, "S3 cannot give s3://b/p/ (AccessDenied: not yours); check the address, or ask again later."],
  [403, "S3 refuses access to s3://b/p/ (AccessDenied: not yours); check the credentials and their rights."],
])("an error instead of a page is told, with status %i", async (status, says) => {
  const error = "<Error><Code>AccessDenied</Code><Message>not yours</Message></Error>";
  await server((response) => response.writeHead(status).end(error));
  await expect((await s3Listing("s3://b/p/"))()).rejects.toThrow(says);
});

test("a server that lists the same for ever is told", async () => {
  const { url, pages } = await server((response) => response.end(list(["p/a", "p/b"], "again")));
  await expect((await s3Listing("s3://b/p/"))()).rejects.toThrow(
    `S3 at ${url} lists s3://b/p/ without end: 21 pages brought nothing new; check the server.`,
  );
  expect(pages()).toBe(22);
});

test("an object that drips is given up, and its connection with it", async () => {
  let [closed, now] = [false, 0];
  await server(
    (response) => response.end(list(["p/a"])),
    (response) => {
      const dripping = setInterval(() => {
        now += 200_000;
        response.write("{");
      }, 20);
      response.on("close", () => {
        closed = true;
        clearInterval(dripping);
      });
    },
  );
  vi.spyOn(Date, "now").mockImplementation(() => now);
  onTestFinished(() => void vi.restoreAllMocks());
  const [input] = await (await s3Listing("s3://b/p/"))();
  const reading = async () => {
    for await (const _ of piecesOf(input!));
  };
  await expect(reading()).rejects.toThrow(/^s3:\/\/b\/p\/a drips: \d bytes in \d+ s; what came before was used\.$/);
  await expect.poll(() => closed).toBe(true);
});

test("bytes that drip are given up; a slow reader is not", async () => {
  const read = async (secondsPerChunk: number, bytesPerChunk: number, readerSeconds: number) => {
    let now = 0;
    const source = async function* () {
      for (let index = 0; index < 1000; index++) {
        now += secondsPerChunk * 1000;
        yield Buffer.alloc(bytesPerChunk);
      }
    };
    let bytes = 0;
    try {
      for await (const chunk of hurried("s3://b/k", Readable.from(source()), { now: () => now })) {
        bytes += chunk.length;
        now += readerSeconds * 1000;
      }
    } catch (error) {
      if (!(error instanceof RefusedInput)) throw error;
      return `${bytes} read: ${error.message}`;
    }
    return `${bytes} read`;
  };
  expect(await read(10, 1, 0)).toMatch(
    /^\d+ read: s3:\/\/b\/k drips: \d+ bytes in 3\d\d s; what came before was used\.$/,
  );
  expect(await read(10, 64 * 1024, 0)).toBe(`${64 * 1024 * 1000} read`);
});
