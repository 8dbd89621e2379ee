import { createServer, request } from "node:http";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import pMap from "p-map";
import { afterAll, expect, inject, test } from "vitest";
import { s3Environment } from "../../../../src/stack/s3-environment.ts";
import { rawLine } from "../../../producer/records.ts";
import { following } from "../../../support/ingest.ts";
import { messagesOf, send, topicEnds } from "../../../support/kafka.ts";
import { s3Client } from "../../../support/s3.ts";
import { served } from "../../../support/served.ts";

const { kafkaBrokers, s3Url, s3 } = inject("stack");
const client = s3Client({ s3Url, s3 });
const bucket = "beaucoup";
const STATE = "ingestion-producer-state";
/** More than the ten pages that are listed whole at each look. */
const OBJECTS = 10_500;
const MOST_LISTS = 20;

const indexes = Array.from({ length: OBJECTS }, (_, index) => index);
const keyOf = (index: number) => `logs/${String(index).padStart(6, "0")}.json`;
const put = async (key: string, name: string): Promise<string> => {
  const Body = `${rawLine({ Source: "Efficy", Objet: name })}\n`;
  return (await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body }))).ETag ?? "";
};
/** What the producer notes of an object that it delivered whole. */
const stateKeyOf = (index: number) => `s3://${bucket}/${keyOf(index)}`;
const noted = (index: number, version: string) => ({
  key: stateKeyOf(index),
  value: JSON.stringify({ holder: "test", version, records: 1, position: 1, sha256: "", complete: true, from: {} }),
});

/** Passes requests on as they are signed, and notes when each list was asked for. */
async function counting() {
  const lists: number[] = [];
  const server = createServer((asked, answer) => {
    if (asked.url?.includes("list-type=2")) lists.push(Date.now());
    const { hostname, port } = new URL(s3Url);
    const passed = request(
      { hostname, port, path: asked.url, method: asked.method, headers: asked.headers },
      (given) => {
        answer.writeHead(given.statusCode ?? 500, given.headers);
        given.pipe(answer);
      },
    );
    asked.pipe(passed);
  });
  return { url: `http://127.0.0.1:${await served(server)}`, lists };
}

afterAll(async () => {
  // Nobody sent what was noted: it would stand as missing.
  await send(
    kafkaBrokers,
    STATE,
    indexes.map((index) => ({ key: stateKeyOf(index), value: null })),
  );
});

test("a follower of 10 500 objects takes the new ones wherever their keys stand, with few lists a look", async () => {
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const before = await topicEnds(kafkaBrokers, "ingestion-logs");
  const taken = async () =>
    (await messagesOf(kafkaBrokers, "ingestion-logs", before)).map(({ value }) => JSON.parse(value!).objet).sort();
  const versions = await pMap(indexes, (index) => put(keyOf(index), `ancien-${index}`), { concurrency: 16 });
  await send(
    kafkaBrokers,
    STATE,
    indexes.map((index) => noted(index, versions[index]!)),
  );
  await put(keyOf(OBJECTS), "nouveau-0");

  const proxy = await counting();
  const env = { KAFKA_BROKERS: kafkaBrokers, ...s3Environment(proxy.url, s3) };
  const follower = await following(["--from", `s3://${bucket}/logs/`, "--every", "3s"], env);
  await expect.poll(taken, { timeout: 120_000, interval: 1000 }).toEqual(["nouveau-0"]);
  await expect.poll(() => follower.health(), { timeout: 60_000 }).toBe("200 ok");
  expect(proxy.lists.length).toBeGreaterThanOrEqual(OBJECTS / 1000);

  proxy.lists.length = 0;
  for (let index = 1; index <= 10; index++) await put(keyOf(OBJECTS + index), `nouveau-${index}`);
  // Behind the last key at once; one among the old keys when its part of them is passed.
  const ten = Array.from({ length: 11 }, (_, index) => `nouveau-${index}`).sort();
  await expect.poll(taken, { timeout: 60_000, interval: 1000 }).toEqual(ten);
  await put("logs/000500-b.json", "au-milieu");
  await expect.poll(taken, { timeout: 120_000, interval: 1000 }).toEqual([...ten, "au-milieu"].sort());
  // A look is what is asked for within a second.
  const looks: number[] = [];
  proxy.lists.forEach((at, index, all) => {
    if (index > 0 && at - all[index - 1]! < 1000) looks[looks.length - 1]!++;
    else looks.push(1);
  });
  expect(looks.length).toBeGreaterThan(1);
  expect(Math.max(...looks)).toBeLessThanOrEqual(MOST_LISTS);
  expect(await follower.health()).toBe("200 ok");
}, 600_000);
