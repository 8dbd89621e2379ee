import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, expect, inject, test, vi } from "vitest";
import { artifacts, provide } from "../../../../src/stack/artifacts.ts";
import { freePorts } from "../../../../src/stack/ports.ts";
import { answers } from "../../../../src/stack/ready.ts";
import { s3Environment } from "../../../../src/stack/s3-environment.ts";
import { rawLine } from "../../../producer/records.ts";
import { folderOfFile } from "../../../support/folder.ts";
import { following } from "../../../support/ingest.ts";
import { messagesOf, topicEnds } from "../../../support/kafka.ts";
import { s3Client } from "../../../support/s3.ts";

const { kafkaBrokers, s3Url, s3 } = inject("stack");
const bucket = "file-sqs";
const folder = folderOfFile();
const client = s3Client({ s3Url, s3 });
let queueUrl: string;
let sqs: SQSClient;

/** ElasticMQ, a server that speaks SQS, on a port of its own. */
async function elasticMq() {
  const [libraries] = await provide([artifacts.sqs()], { print: console.log });
  const port = (await freePorts()).s3;
  const config = join(folder, "elasticmq.conf");
  writeFileSync(
    config,
    `include classpath("application.conf")\nnode-address { protocol = http, host = "127.0.0.1", port = ${port} }\nrest-sqs { bind-hostname = "127.0.0.1", bind-port = ${port} }\nrest-stats.enabled = false\n`,
  );
  const child = spawn(
    "java",
    ["-Xmx192m", `-Dconfig.file=${config}`, "-cp", join(libraries!, "*"), "org.elasticmq.server.Main"],
    { stdio: "ignore" },
  );
  const end = async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(async () => expect(await answers(`${url}/?Action=ListQueues`)).toBe(true), {
    timeout: 60_000,
    interval: 300,
  });
  return { endpoint: url, end };
}

beforeAll(async () => {
  const { endpoint, end } = await elasticMq();
  sqs = new SQSClient({ endpoint, region: "us-east-1", credentials: { accessKeyId: "x", secretAccessKey: "y" } });
  ({ QueueUrl: queueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "logs" })));
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return async () => {
    sqs.destroy();
    await end();
  };
});

const lines = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${rawLine({ Source: "Efficy", Objet: `${name}-${index}` })}\n`).join("");
const put = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
/** As S3 writes it. */
const created = (key: string) =>
  JSON.stringify({
    Records: [
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        eventName: "ObjectCreated:Put",
        s3: {
          s3SchemaVersion: "1.0",
          bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
          object: { key: encodeURIComponent(key).replaceAll("%2F", "/"), size: 1 },
        },
      },
    ],
  });
const left = async () => {
  const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }),
  );
  return names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
};

test("a follower takes what a queue tells of, each record once, removes those messages, and leaves what it cannot use", async () => {
  const before = { "ingestion-logs": await topicEnds(kafkaBrokers, "ingestion-logs") };
  const objects = async () =>
    (await messagesOf(kafkaBrokers, "ingestion-logs", before["ingestion-logs"]))
      .map(({ value }) => String(JSON.parse(value!).objet))
      .sort();
  await put("p/before.json", lines("avant", 3));
  const env = { KAFKA_BROKERS: kafkaBrokers, ...s3Environment(s3Url, s3) };
  const start = () => following(["--from", `s3://${bucket}/p/`, "--queue", queueUrl, "--every", "1s"], env);
  const follower = await start();
  // No message told of it: the listing at the start did.
  await expect.poll(objects, { timeout: 60_000 }).toEqual(["avant-0", "avant-1", "avant-2"]);
  await put("p/é 1.json", lines("un", 2));
  // A queue may give a message twice.
  await send(created("p/é 1.json"));
  await send(created("p/é 1.json"));
  await expect.poll(objects, { timeout: 30_000 }).toEqual(["avant-0", "avant-1", "avant-2", "un-0", "un-1"]);
  await put("p/é 1.json", lines("un", 4));
  await send(created("p/é 1.json"));
  await expect
    .poll(objects, { timeout: 30_000 })
    .toEqual(["avant-0", "avant-1", "avant-2", "un-0", "un-1", "un-2", "un-3"]);
  await expect.poll(left, { timeout: 20_000 }).toBe(0);
  await send("bonjour");
  const poison = () =>
    follower.lines().filter(({ msg }) => String(msg).startsWith("a message of the queue cannot be used"));
  await expect.poll(() => poison().length, { timeout: 20_000 }).toBe(1);
  expect(poison()[0]).toMatchObject({ why: "it is no JSON", body: "bonjour" });
  expect(await left()).toBe(1);
  expect(await follower.health()).toBe("200 ok");
  expect(await follower.stop()).toBe(0);

  // What was put and told while nobody followed.
  await put("p/absent.json", lines("absent", 1));
  await send(created("p/absent.json"));
  await start();
  await expect.poll(async () => (await objects()).includes("absent-0"), { timeout: 60_000 }).toBe(true);
  // The stopped follower's last request may have got the message: then it comes again a minute later.
  await expect.poll(left, { timeout: 90_000 }).toBe(1);
  expect((await objects()).length).toBe(8);
}, 240_000);
