import { createReadStream } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { topics } from "../../src/core/topics.ts";
import { ownProgram } from "../../src/stack/own-program.ts";
import { s3Environment } from "../../src/stack/s3-environment.ts";
import { findOnPath } from "../../src/stack/tools.ts";
import { s3Client } from "../../tests/support/s3.ts";
import { type Bench, type Options, onFreshStack } from "./bench.ts";
import { writeRecords } from "./input.ts";
import { messagesIn, twinTopic } from "./kafka.ts";
import { median, megabytes, perSecond, table, timed, type Usage } from "./measure.ts";

const KAFKAJS = fileURLToPath(new URL("kafkajs-peer.mjs", import.meta.url));
const TWIN = "bench-kcat";
const SECOND_TWIN = "bench-kafkajs";
const BUCKET = "my12data";

const HEAD = ["what", "records", "records/s", "÷ kcat", "CPU a record", "÷ kafkajs", "peak memory"];

type Form = Readonly<{ name: string; topic: string; run(): Promise<Usage> }>;

const environment = ({ stack }: Bench) => ({
  KAFKA_BROKERS: stack.kafkaBrokers,
  ...s3Environment(stack.s3Url, stack.s3),
});

/** Puts a file into the bucket and returns its address. */
async function uploaded({ stack }: Bench, file: string, size: number): Promise<string> {
  const client = s3Client(stack);
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await client.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: "logs.json", Body: createReadStream(file), ContentLength: size }),
  );
  client.destroy();
  return `s3://${BUCKET}/logs.json`;
}

/** Runs a form and checks that Kafka took every record. */
async function checked({ stack }: Bench, { name, topic, run }: Form, records: number): Promise<Usage> {
  const before = await messagesIn(stack.kafkaBrokers, topic);
  const usage = await run();
  const taken = (await messagesIn(stack.kafkaBrokers, topic)) - before;
  if (taken !== records) throw new Error(`${name}: Kafka took ${taken} messages, not ${records}`);
  return usage;
}

async function rounds(
  bench: Bench,
  forms: readonly Form[],
  { records, rounds }: Options,
): Promise<Map<string, Usage[]>> {
  const usages = new Map(forms.map(({ name }) => [name, [] as Usage[]]));
  // In turn, so that a busy moment of the machine hits all of them.
  for (let round = 0; round < rounds; round++)
    for (const form of forms) usages.get(form.name)!.push(await checked(bench, form, records));
  return usages;
}

/**
 * Records a second and peak memory of the producer from a file and from S3, beside `kcat -P` and kafkajs, which check
 * nothing, with the same bytes; then on ten times the records.
 */
export const benchProducer = (options: Options): Promise<string> =>
  onFreshStack(["zookeeper", "kafka", "s3"], async (bench) => {
    const kcat = findOnPath("kcat");
    if (!kcat) throw new Error("kcat is missing, which this benchmark compares with; install it (Debian: kcat)");
    const { records } = options;
    const env = environment(bench);
    const file = join(bench.data, "logs.json");
    const size = await writeRecords(file, records);
    const uri = await uploaded(bench, file, size);
    for (const twin of [TWIN, SECOND_TWIN]) await twinTopic(bench.stack.kafkaBrokers, twin);
    const produce = (name: string, from: string): Form => ({
      name,
      topic: topics.records,
      run: () => timed(process.execPath, ownProgram("ingest", "--from", from, "--force"), { env }),
    });
    const kcatArgs = `-P -b ${bench.stack.kafkaBrokers} -t ${TWIN} -X acks=all -X enable.idempotence=true -l`.split(
      " ",
    );
    const peer: Form = { name: "kcat -P", topic: TWIN, run: () => timed(kcat, [...kcatArgs, file]) };
    const plain: Form = {
      name: "kafkajs alone, no check",
      topic: SECOND_TWIN,
      run: () => timed(process.execPath, [KAFKAJS, file, SECOND_TWIN], { env }),
    };
    const usages = await rounds(
      bench,
      [peer, plain, produce("producer, local file", file), produce("producer, S3", uri)],
      options,
    );
    const rate = (all: readonly Usage[]) => records / median(all.map(({ seconds }) => seconds));
    const floor = rate(usages.get(peer.name)!);
    const cpu = (all: readonly Usage[], count = records) => (1e6 * median(all.map(({ cpu }) => cpu))) / count;
    const peerCpu = cpu(usages.get(plain.name)!);
    const row = (name: string, all: readonly Usage[], count = records) => [
      name,
      count.toLocaleString("en"),
      perSecond(count, median(all.map(({ seconds }) => seconds))),
      (count / median(all.map(({ seconds }) => seconds)) / floor).toFixed(2),
      `${cpu(all, count).toFixed(1)} µs`,
      (cpu(all, count) / peerCpu).toFixed(2),
      megabytes(Math.max(...all.map(({ peak }) => peak))),
    ];
    if (records < 1_000_000)
      return table(
        HEAD,
        [...usages].map(([name, all]) => row(name, all)),
      );
    await writeRecords(file, 10 * records);
    const tenfold = await checked(bench, produce("producer, ten times the records", file), 10 * records);
    return table(HEAD, [
      ...[...usages].map(([name, all]) => row(name, all)),
      row("producer, local file, ten times", [tenfold], 10 * records),
    ]);
  });
