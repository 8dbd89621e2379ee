import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Options } from "./bench.ts";
import { median, megabytes, table } from "./measure.ts";

const FOLLOWER = fileURLToPath(new URL("listing-follower.ts", import.meta.url));
const PAGE = 1000;
const NEW = 10;
const LOOKS = 20;
const PREFIX = "logs/";

const keyOf = (index: number) => `${PREFIX}${String(index).padStart(9, "0")}.json`;
const indexAfter = (key: string | null) => (key ? Number(/(\d+)\.json$/.exec(key)?.[1]) + 1 : 0);

/** An S3 that holds `keys()` objects of growing names, and counts the lists that it gives. */
async function store(keys: () => number) {
  let requests = 0;
  const server = createServer(({ url = "" }, response) => {
    requests++;
    const asked = new URL(url, "http://s3").searchParams;
    const from = indexAfter(asked.get("continuation-token") ?? asked.get("start-after"));
    const to = Math.min(keys(), from + PAGE);
    const contents = Array.from({ length: Math.max(0, to - from) }, (_, at) => {
      const index = from + at;
      return `<Contents><Key>${keyOf(index)}</Key><LastModified>2026-11-27T10:00:00.000Z</LastModified><ETag>"${index}"</ETag><Size>200000</Size><StorageClass>STANDARD</StorageClass></Contents>`;
    });
    const more = to < keys();
    const next = more ? `<NextContinuationToken>${keyOf(to - 1)}</NextContinuationToken>` : "";
    response.end(
      `<?xml version="1.0"?><ListBucketResult><Name>bench</Name><IsTruncated>${more}</IsTruncated>${next}${contents.join("")}</ListBucketResult>`,
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    close: () => server.close(),
  };
}

type Line = Readonly<{ waiting: number; cpu: number; peak: number }>;
type Look = Line & Readonly<{ requests: number }>;

async function looks(records: number): Promise<Look[]> {
  let keys = records;
  const s3 = await store(() => keys);
  const access = {
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_REGION: "us-east-1",
  };
  const args = ["--import", "tsx", FOLLOWER, `s3://bench/${PREFIX}`, String(records), String(LOOKS)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...access },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const all: Look[] = [];
  let before = 0;
  for await (const text of createInterface(child.stdout)) {
    all.push({ ...(JSON.parse(text) as Line), requests: s3.requests() - before });
    before = s3.requests();
    keys += NEW;
  }
  s3.close();
  return all;
}

/** What a look at a prefix costs by the objects that it holds, of which ten came since the last look. */
export async function benchListing({ records }: Options): Promise<string> {
  const rows: string[][] = [];
  for (const count of new Set([10_000, 100_000, records])) {
    const [first, ...later] = await looks(count);
    // The first of them may come while the last page is still being answered.
    const found = later.reduce((sum, { waiting }) => sum + waiting, 0);
    if (!first || later.length !== LOOKS || found < NEW * (LOOKS - 2))
      throw new Error(`${found} of ${NEW * LOOKS} new objects were found`);
    rows.push([
      count.toLocaleString("en"),
      String(first.requests),
      `${first.cpu.toFixed(1)} s`,
      String(Math.max(...later.map(({ requests }) => requests))),
      `${(1000 * median(later.map(({ cpu }) => cpu))).toFixed(0)} ms`,
      megabytes(Math.max(...later.map(({ peak }) => peak))),
    ]);
  }
  return table(
    [
      "objects",
      "requests, first look",
      "CPU, first look",
      "requests, each later look",
      "CPU, each later look",
      "peak memory",
    ],
    rows,
  );
}
