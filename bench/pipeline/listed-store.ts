import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { rawRecord } from "./input.ts";

const PAGE = 1000;
/** So many objects come before each look, which begins after a pause. */
export const NEW = 10;
const PAUSE_MS = 1000;
const BUCKET = "bench";
const PREFIX = "logs/";

export const FROM = `s3://${BUCKET}/${PREFIX}`;
export const addressOf = (index: number): string => `s3://${BUCKET}/${keyOf(index)}`;
export const versionOf = (index: number): string => `"${index}"`;
const keyOf = (index: number) => `${PREFIX}${String(index).padStart(9, "0")}.json`;
const indexIn = (text: string | null) => Number(/(\d{9})\.json/.exec(text ?? "")?.[1] ?? -1);

const entry = (index: number) =>
  `<Contents><Key>${keyOf(index)}</Key><LastModified>2026-11-27T10:00:00.000Z</LastModified><ETag>"${index}"</ETag><Size>200000</Size><StorageClass>STANDARD</StorageClass></Contents>`;

function listed(from: number, keys: number): string {
  const to = Math.min(keys, from + PAGE);
  const next = to < keys ? `<NextContinuationToken>${keyOf(to - 1)}</NextContinuationToken>` : "";
  const entries = Array.from({ length: Math.max(0, to - from) }, (_, at) => entry(from + at)).join("");
  return `<?xml version="1.0"?><ListBucketResult><Name>${BUCKET}</Name><IsTruncated>${to < keys}</IsTruncated>${next}${entries}</ListBucketResult>`;
}

/** An S3 that holds objects of one record under growing names, and counts the lists that it gives at each look. */
export async function listedStore(objects: number) {
  const looks: number[] = [];
  let [keys, listedAt, whole, growing] = [objects, 0, false, false];
  const server = createServer(({ url = "" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://s3");
    if (!searchParams.has("list-type")) {
      response.end(`${rawRecord(indexIn(pathname))}\n`);
      return;
    }
    if (looks.length === 0 || (growing && Date.now() - listedAt > PAUSE_MS)) {
      looks.push(0);
      if (growing) keys += NEW;
    }
    looks[looks.length - 1]!++;
    const from = 1 + indexIn(searchParams.get("continuation-token") ?? searchParams.get("start-after"));
    response.end(listed(from, keys));
    whole ||= from + PAGE >= keys;
    listedAt = Date.now();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The lists of each look; the first is that of all that was there. */
    looks: (): readonly number[] => looks,
    isQuiet: () => whole && Date.now() - listedAt > PAUSE_MS,
    grow: () => {
      growing = true;
    },
    close: () => server.close(),
  };
}
