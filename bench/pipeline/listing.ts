import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { topics } from "../../src/core/topics.ts";
import { ownProgram } from "../../src/stack/own-program.ts";
import { send } from "../../tests/support/kafka.ts";
import { type Bench, type Options, onFreshStack } from "./bench.ts";
import { addressOf, FROM, listedStore, NEW, versionOf } from "./listed-store.ts";
import { megabytes, table, until, usageOf } from "./measure.ts";

const LOOKS = 20;
const AT_ONCE = 20_000;
const HOUR_S = 3600;

/** What the state topic holds of an object that was delivered whole. */
const noted = (index: number) => ({
  key: addressOf(index),
  value: JSON.stringify({
    holder: "bench",
    version: versionOf(index),
    records: 1,
    position: 1,
    sha256: "0".repeat(64),
    complete: true,
    from: { [topics.records]: { 0: 1, 1: 1, 2: 1 }, [topics.rejects]: { 0: 0 } },
  }),
});

async function note({ stack }: Bench, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += AT_ONCE) {
    const messages = Array.from({ length: Math.min(AT_ONCE, to - first) }, (_, at) => noted(first + at));
    await send(stack.kafkaBrokers, topics.state, messages);
  }
}

const residentOf = (pid: number): number =>
  1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

/** A real follower of so many known objects, from its start until it has looked often enough. */
async function followed({ stack }: Bench, objects: number): Promise<string[]> {
  const s3 = await listedStore(objects);
  const env = {
    ...process.env,
    KAFKA_BROKERS: stack.kafkaBrokers,
    INGEST_STATUS_ADDRESS: "127.0.0.1:0",
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_REGION: "us-east-1",
  };
  const args = ["--trace-gc", ...ownProgram("ingest", "--follow", "--from", FROM, "--every", "2s")];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let [taken, live] = [0, 0];
  createInterface(child.stdout).on("line", (line) => {
    const collected = /Mark-Compact.*? -> ([\d.]+) \(/.exec(line);
    if (collected) live = 1e6 * Number(collected[1]);
    else if (line.includes('"ingested"')) taken++;
  });
  const usage = () => usageOf(child.pid!);
  try {
    await until("the first look", HOUR_S, async () => s3.isQuiet());
    const first = usage();
    s3.grow();
    await until("the looks", HOUR_S, async () => s3.looks().length > 1 + LOOKS && s3.isQuiet());
    const last = usage();
    const looks = s3.looks().slice(1);
    if (taken < NEW * (looks.length - 1)) throw new Error(`${taken} of ${NEW * looks.length} new objects were taken`);
    return [
      objects.toLocaleString("en"),
      String(s3.looks()[0]),
      `${first.cpu.toFixed(1)} s`,
      String(Math.max(...looks)),
      `${((1000 * (last.cpu - first.cpu)) / looks.length).toFixed(0)} ms`,
      megabytes(last.peak),
      megabytes(residentOf(child.pid!)),
      megabytes(live),
    ];
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
    s3.close();
  }
}

/** What a follower of a prefix costs by the objects that it holds, of which ten come before each look. */
export const benchListing = ({ records }: Options): Promise<string> =>
  onFreshStack(["zookeeper", "kafka"], async (bench) => {
    const rows: string[][] = [];
    let before = 0;
    for (const objects of new Set([10_000, 100_000, records].filter((count) => count <= records))) {
      await note(bench, before, objects);
      before = objects;
      rows.push(await followed(bench, objects));
    }
    return table(
      [
        "objects",
        "lists, first look",
        "CPU until then",
        "lists, each later look",
        "CPU, each later look",
        "peak memory",
        "memory at the end",
        "heap after a collection",
      ],
      rows,
    );
  });
