import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { ownProgram } from "../../src/stack/own-program.ts";
import { s3Environment } from "../../src/stack/s3-environment.ts";
import { s3Client } from "../../tests/support/s3.ts";
import { type Bench, onFreshStack } from "./bench.ts";
import { rawRecord } from "./input.ts";
import { hasLine } from "./loki.ts";
import { quantile, table, until } from "./measure.ts";

const BUCKET = "my12data";
const OBJECTS = 30;
const WARM_UP = 3;

/** One object a second: the moments from its upload to its last record being visible, in milliseconds. */
async function delays(
  { stack }: Bench,
  client: S3Client,
  name: string,
  records: number,
  objects = OBJECTS,
): Promise<number[]> {
  const pending: Promise<number>[] = [];
  for (let index = 0; index < objects; index++) {
    const marker = `${name}-${index}-last`;
    const lines = Array.from({ length: records }, (_, at) => rawRecord(index * records + at));
    lines[records - 1] = rawRecord(index).replace(/"Objet":"[^"]*"/, `"Objet":"${marker}"`);
    await client.send(
      new PutObjectCommand({
        Bucket: BUCKET,
        Key: `in/${name}-${String(index).padStart(3, "0")}.json`,
        Body: lines.join("\n"),
      }),
    );
    const put = performance.now();
    pending.push(
      until(marker, 60, () => hasLine(stack.lokiUrl, `{job="kafka-logs"} |= "${marker}"`), 20).then(
        () => performance.now() - put,
      ),
    );
    // Not in step with the producer's own polling.
    await sleep(900 + 200 * Math.random());
  }
  return Promise.all(pending);
}

const measured = (collector: "promtail" | "forwarder", every: string) =>
  onFreshStack(["zookeeper", "kafka", "loki", "s3", collector], async (bench) => {
    const { stack } = bench;
    const client = s3Client(stack);
    await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    const env = {
      ...process.env,
      KAFKA_BROKERS: stack.kafkaBrokers,
      ...s3Environment(stack.s3Url, stack.s3),
      INGEST_STATUS_ADDRESS: "127.0.0.1:0",
    };
    const args = ownProgram("ingest", "--follow", "--from", `s3://${BUCKET}/in/`, "--every", every);
    const producer = spawn(process.execPath, args, { env, stdio: "ignore" });
    try {
      await delays(bench, client, "warm-up", 1, WARM_UP);
      const rows: string[][] = [];
      for (const [load, records] of [
        ["1 record/s", 1],
        ["1 000 records/s", 1000],
      ] as const) {
        const all = await delays(bench, client, `load-${records}`, records);
        const seconds = (share: number) => `${(quantile(all, share) / 1000).toFixed(2)} s`;
        rows.push([collector, every, load, seconds(0.5), seconds(0.95), `${(Math.max(...all) / 1000).toFixed(2)} s`]);
      }
      return rows;
    } finally {
      producer.kill("SIGTERM");
      await once(producer, "exit");
    }
  });

/** Seconds from "the object is in S3" to "its last record is visible in Loki", at a low and at a high rate. */
export async function benchChain(): Promise<string> {
  const rows: string[][] = [];
  for (const [collector, every] of [
    ["promtail", "5s"],
    ["forwarder", "5s"],
    ["forwarder", "1s"],
  ] as const)
    rows.push(...(await measured(collector, every)));
  return table(["collector", "polled every", "load", "p50", "p95", "longest"], rows);
}
