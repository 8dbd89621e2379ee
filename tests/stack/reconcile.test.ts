import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Kafka, type Message } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePorts } from "../../deploy/launcher/ports.ts";
import type { Stack } from "../../deploy/launcher/stack.ts";
import { startStack } from "../../deploy/launcher/test-stack.ts";

const CLI = fileURLToPath(new URL("../../src/reconcile/cli.ts", import.meta.url));
const HOUR = 3_600_000;
const INPUT = "s3://my12data/logs.json";
const sources = ["Efficy", "PowerBI", "zohobooks"];
/** Whole hours, far enough in the past to be settled, near enough to be answered from memory. */
const first = Math.floor(Date.now() / HOUR) * HOUR - 5 * HOUR;
const iso = (time: number) => new Date(time).toISOString();
const range = ["--from", iso(first), "--to", iso(first + 3 * HOUR)];

type Sent = { topic: string; partition: number; offset: number; time: number; line: string; labels: Record<string, string>; position: number };

/** Record `index` of a source: 1000 over three hours. Each line is about 700 bytes, so that a stream fills several blocks of a chunk. */
function record(partition: number, offset: number): Sent {
  const source = sources[partition]!;
  const labels = { etat: offset % 50 === 0 ? "FAILED" : "SUCCESS", source, entreprise: "akonovia", zone: "1-Raw" };
  const noise = Array.from({ length: 10 }, (_, part) => createHash("sha256").update(`${source} ${offset} ${part}`).digest("hex")).join("");
  const line = JSON.stringify({ ...labels, objet: `o${offset}`, description: noise });
  // Two neighbours share a time, as records of one batch do.
  const time = first + Math.floor(offset / 2) * 2 * 10_800;
  return { topic: "ingestion-logs", partition, offset, time, line, labels: { job: "kafka-logs", ...labels }, position: offset * 3 + partition + 1 };
}
const records = sources.flatMap((_, partition) => Array.from({ length: 1000 }, (_, offset) => record(partition, offset)));
const find = (partition: number, offset: number) => records.find((sent) => sent.partition === partition && sent.offset === offset)!;

/** Left out of Loki: single ones, two neighbours at one time, one of two at one time, the edges of hours. */
const missing = [
  [0, 0],
  [0, 334],
  [0, 335],
  [0, 999],
  [1, 333],
  [2, 500],
  [2, 667],
].map(([partition, offset]) => find(partition!, offset!));
/** Pushed again once their block of the chunk is closed, as by a collector that reads again after a crash. */
const doubled = [
  [0, 4],
  [1, 5],
  [1, 340],
  [2, 340],
].map(([partition, offset]) => find(partition!, offset!));

const message = ({ partition, line, time, position }: Sent): Message => ({
  partition,
  key: sources[partition]!,
  value: line,
  timestamp: `${time}`,
  headers: { input: INPUT, position: `${position}` },
});

async function push(url: string, entries: readonly Sent[]): Promise<void> {
  const streams = new Map<string, [string, string][]>();
  for (const { labels, time, line } of entries) {
    const key = JSON.stringify(labels);
    streams.set(key, [...(streams.get(key) ?? []), [`${time}000000`, line]]);
  }
  const body = JSON.stringify({ streams: [...streams].map(([stream, values]) => ({ stream: JSON.parse(stream), values })) });
  const response = await fetch(`${url}/loki/api/v1/push`, { method: "POST", headers: { "content-type": "application/json" }, body });
  expect(response.status).toBe(204);
}

type Run = { status: number | null; out: string; err: string };

function reconcile(args: readonly string[], env: Record<string, string>): Promise<Run> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", CLI, ...args], { env: { PATH, HOME, ...env } });
  const run: Run = { status: null, out: "", err: "" };
  child.stdout.on("data", (chunk) => (run.out += chunk));
  child.stderr.on("data", (chunk) => (run.err += chunk));
  return new Promise((resolve) => child.on("close", (status) => resolve({ ...run, status })));
}

async function produce(brokers: string, batches: readonly { topic: string; messages: Message[] }[]): Promise<void> {
  const producer = new Kafka({ brokers: [brokers], logLevel: 0 }).producer();
  await producer.connect();
  for (const batch of batches) await producer.send(batch);
  await producer.disconnect();
}

describe("a Loki that lost some records and has others twice", () => {
  let stack: Stack;
  let env: Record<string, string>;
  const data = mkdtempSync(join(tmpdir(), "reconcile-"));

  beforeAll(async () => {
    stack = await startStack({ data, ports: await freePorts(), services: ["zookeeper", "kafka", "loki"], print: console.log });
    env = { KAFKA_BROKERS: stack.kafkaBrokers, LOKI_URL: stack.lokiUrl };
    await produce(stack.kafkaBrokers, [{ topic: "ingestion-logs", messages: records.map(message) }]);
    await push(
      stack.lokiUrl,
      records.filter((sent) => !missing.includes(sent)),
    );
    await push(stack.lokiUrl, doubled);
  });
  afterAll(async () => {
    await stack?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  const named = (sent: Sent, more: object) => ({
    ...more,
    topic: sent.topic,
    partition: sent.partition,
    offsets: [sent.offset, sent.offset],
    times: [iso(sent.time), iso(sent.time)],
    input: INPUT,
    positions: [sent.position, sent.position],
  });
  const expectedDoubled = doubled.map((sent) => named(sent, { kind: "doubled", by: "loki" }));
  const cell = (hour: number, source: string) => {
    const inCell = ({ partition, time }: Sent) => sources[partition] === source && Math.floor((time - first) / HOUR) === hour;
    const [lost, twice, all] = [missing, doubled, records].map((sent) => sent.filter(inCell).length) as [number, number, number];
    return { hour: iso(first + hour * HOUR), job: "kafka-logs", source, kafka: all, loki: all - lost + twice, missing: lost, doubled: twice };
  };

  test("exactly those are named, and the hours that agree are not", async () => {
    const { status, out, err } = await reconcile([...range, "--format", "json"], env);
    expect(err).toBe("");
    const { results, inputs } = JSON.parse(out);
    const cells = [0, 1, 2].flatMap((hour) => sources.map((source) => cell(hour, source))).filter(({ missing, doubled }) => missing + doubled > 0);
    expect(cells.length).toBeLessThan(9);
    expect(results.cells).toEqual(cells.map((cell) => ({ ...cell, waiting: 0, unknown: 0, forgotten: 0 })));
    const [a, b] = [find(0, 334), find(0, 335)];
    const neighbours = { ...named(a, { kind: "missing" }), offsets: [334, 335], positions: [a.position, b.position] };
    const single = missing.filter((sent) => sent !== a && sent !== b).map((sent) => named(sent, { kind: "missing" }));
    expect(results.runs).toEqual([...expectedDoubled, single[0], neighbours, ...single.slice(1)]);
    expect(results.total).toMatchObject({ kafka: 3000, loki: 2997, missing: 7, doubled: 4, waiting: 0, unknown: 0 });
    expect(inputs).toEqual([{ input: INPUT, verdict: "unnoted", held: 3000, repeated: 0, places: [] }]);
    expect(status).toBe(1);
  });

  test("--resend mends what is missing, and a second run has nothing left to mend", async () => {
    const { status, out } = await reconcile([...range, "--resend"], env);
    expect(out).toContain("sent again: 7 of 7 missing; missing now: 0");
    expect(status).toBe(1);
    const again = await reconcile([...range, "--resend", "--format", "json"], env);
    const { results, resent } = JSON.parse(again.out);
    expect(results).toMatchObject({ total: { kafka: 3000, loki: 3004, missing: 0, doubled: 4 }, runs: expectedDoubled });
    expect(resent).toEqual({ sent: 0, refused: {} });
  });
});
