import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Kafka, logLevel, type Producer } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePorts } from "../../deploy/launcher/ports.ts";
import type { Stack } from "../../deploy/launcher/stack.ts";
import { startStack } from "../../deploy/launcher/test-stack.ts";
import { ingest } from "../support/ingest.ts";
import { type Line, lines, metric } from "../support/loki.ts";
import { differing, type Odd, oddMessages } from "./odd-messages.ts";
import { forward, messagesOf, proxyTo } from "./stack.ts";

const [RECORDS, REJECTS] = ["ingestion-logs", "ingestion-logs-rejets"] as const;
const data = mkdtempSync(join(tmpdir(), "collectors-"));
let stack: Stack;
let kafka: Kafka;
let producer: Producer;

beforeAll(async () => {
  stack = await startStack({ data, ports: await freePorts(), services: ["zookeeper", "kafka", "loki", "promtail"], print: console.log });
  kafka = new Kafka({ brokers: [stack.kafkaBrokers], logLevel: logLevel.NOTHING });
  producer = kafka.producer({ idempotent: true });
  await producer.connect();
});
afterAll(async () => {
  await producer?.disconnect();
  await stack?.stop();
  rmSync(data, { recursive: true, force: true });
});

const record = (fields: object) =>
  JSON.stringify({ etat: "SUCCESS", source: "x", entreprise: "akonovia", zone: "1-Raw", objet: "o", fin: "2026-11-20T10:00:00.000000Z", ...fields });
const count = async (selector: string) => (await metric(stack.lokiUrl, `sum(count_over_time(${selector}[2d]))`, Date.now()))[""] ?? 0;
const reached = (selector: string, wanted: number) => expect.poll(() => count(selector), { timeout: 60_000, interval: 100 }).toBe(wanted);
const env = () => ({ KAFKA_BROKERS: stack.kafkaBrokers, LOKI_URL: stack.lokiUrl });

/** Sends values to the first partition of a topic, a millisecond apart from `start`, with a last one to wait for; returns what Loki then holds of them. */
async function carried(topic: string, job: string, values: readonly Odd[], start: number): Promise<Line[]> {
  const end = start + values.length;
  const all = [...values, `the end ${start}`];
  await producer.send({ topic, messages: all.map((value, index) => ({ value, partition: 0, timestamp: String(start + index) })) });
  await reached(`{job="${job}"} |= "the end ${start}"`, 1);
  return lines(stack.lokiUrl, `{job="${job}"}`, start, end);
}
const shifted = (found: readonly Line[], by: number) =>
  found.map(({ time, ...rest }) => ({ ms: Number(time / 1_000_000n) - by, rest: time % 1_000_000n, ...rest }));

test("the forwarder goes on where Promtail stopped, and makes of the same messages the same entries: labels, time and line", async () => {
  const { stdout } = await ingest(["--dry-run"], { INGEST_FROM: "" });
  const exceptions = Object.values(differing);
  const values: Odd[] = [...exceptions.map(({ message }) => message), ...stdout.trimEnd().split("\n"), ...oddMessages];
  expect(values.length).toBeGreaterThan(400);
  const rejects = oddMessages.slice(0, 100);
  const start = Date.now() - 60_000;
  const byPromtail = [
    shifted(await carried(RECORDS, "kafka-logs", values, start), start),
    shifted(await carried(REJECTS, "kafka-rejets", rejects, start), start),
  ];
  await stack.kill("promtail", "SIGTERM");
  await stack.start("forwarder");
  const later = start + 30_000;
  const byForwarder = [
    shifted(await carried(RECORDS, "kafka-logs", values, later), later),
    shifted(await carried(REJECTS, "kafka-rejets", rejects, later), later),
  ];
  expect(byPromtail.map(({ length }) => length)).toEqual([values.length, rejects.length]);
  const labelled = ([records = []]: typeof byPromtail) => records.slice(0, exceptions.length).map(({ labels }) => labels);
  expect(labelled(byPromtail)).toEqual(exceptions.map(({ promtail }) => promtail));
  expect(labelled(byForwarder)).toEqual(exceptions.map(({ forwarder }) => forwarder));
  const equal = ([records = [], others]: typeof byPromtail) => [records.slice(exceptions.length), others];
  expect(equal(byForwarder)).toEqual(equal(byPromtail));
  expect(await count('{job=~".+"}')).toBe(2 * (values.length + rejects.length + 2));
  await stack.kill("forwarder", "SIGTERM");
});

const HOUR = 3_600_000;

test("what Loki refuses goes to the rejects with its reason and origin, once, and its neighbours are stored once", async () => {
  const now = Date.now();
  const send = (topic: string, sent: [value: string, time: number][]) =>
    producer.send({ topic, messages: sent.map(([value, time]) => ({ value, partition: 1 % (topic === RECORDS ? 3 : 1), timestamp: String(time) })) });
  const good = (id: number) => record({ source: "refus", objet_id: id });
  const refused: [value: string, time: number, reason: RegExp][] = [
    [record({ source: "refus", description: "x".repeat(300_000) }), now, /max entry size/],
    [record({ source: "refus", description: "y".repeat(1_000_000) }), now, /max entry size/],
    [good(-1), now + 15 * 60_000, /timestamp too new/],
    [good(-2), now - 25 * HOUR, /too far behind/],
    [good(-3), now - 30 * 24 * HOUR, /too far behind/],
    [record({ source: "s".repeat(2049) }), now, /label value too long/],
    [record({ source: "s".repeat(2049), objet_id: 1 }), now, /label value too long/],
  ];
  const discarded = async () => {
    const text = await (await fetch(`${stack.lokiUrl}/metrics`)).text();
    return [...text.matchAll(/^loki_discarded_samples_total\{.*reason="(?!invalid_labels)\w+".*\} (\d+)$/gm)].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
  };
  const [before, rejectsBefore] = [await discarded(), (await messagesOf(kafka, REJECTS)).length];
  const { process: child, status, ended } = await forward(env());
  await send(RECORDS, [[good(0), now]]);
  await reached('{source="refus"}', 1);
  const offsets: number[] = [];
  for (const [index, [value, time]] of refused.entries()) {
    const [{ baseOffset } = {}] = await send(RECORDS, [[value, time]]);
    offsets.push(Number(baseOffset));
    await send(RECORDS, [[good(10 + index), now - index * HOUR]]);
  }
  await send(RECORDS, [
    [good(1), now],
    [good(2), now - 23 * HOUR],
  ]);
  await reached('{source="refus"}', 3 + refused.length);
  await expect.poll(async () => (await messagesOf(kafka, REJECTS)).length, { timeout: 20_000 }).toBe(rejectsBefore + refused.length);
  const told = (await messagesOf(kafka, REJECTS)).slice(rejectsBefore).map((message) => JSON.parse(message));
  for (const [index, [value, , reason]] of refused.entries()) {
    const found = told.find(({ line }) => line === offsets[index]);
    expect(found).toMatchObject({ reason: expect.stringMatching(reason), input: "kafka:ingestion-logs/1" });
    if (value.length < 262_144) expect(found.record).toBe(value);
    else expect(found).toMatchObject({ head: value.slice(0, 16_384), length: value.length });
  }
  expect((await discarded()) - before).toBe(refused.length);
  expect((await lines(stack.lokiUrl, '{source="refus"}', now - 24 * HOUR, now + 1)).map(({ line }) => line).sort()).toEqual(
    [0, 1, 2, ...refused.map((_, index) => 10 + index)].map(good).sort(),
  );

  // A reject that Loki refuses is not rejected again.
  await send(REJECTS, [
    ["z".repeat(300_000), now],
    ["a last reject", now],
  ]);
  await reached('{job="kafka-rejets"} |= "a last reject"', 1);
  expect(await messagesOf(kafka, REJECTS)).toHaveLength(rejectsBefore + refused.length + 2);
  const shown = await (await fetch(`${status}/metrics`)).text();
  const shownRefused = [...shown.matchAll(/^forwarder_refused_total\{topic="([\w-]+)",reason="(\w+)"\} (\d+)$/gm)].map(([, ...values]) => values.join(" "));
  expect(shownRefused.sort()).toEqual([
    "ingestion-logs ahead_of_time 1",
    "ingestion-logs label 2",
    "ingestion-logs too_far_behind 2",
    "ingestion-logs too_long 2",
    "ingestion-logs-rejets too_long 1",
  ]);
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test("killed between Loki's answer and its commit, deaf to answers, and with Loki killed: of 20 000 records none is lost or counted twice", async () => {
  const TOTAL = 20_000;
  const proxy = await proxyTo(stack.lokiUrl);
  const mine = { ...env(), LOKI_URL: proxy.url };
  const sources = Array.from({ length: 6 }, (_, index) => `s${index}`);
  const first = await forward(mine);
  const sending = (async () => {
    for (let id = 0; id < TOTAL; id += 200) {
      const messages = Array.from({ length: 200 }, (_, index) => {
        const source = sources[(id + index) % sources.length]!;
        return { key: source, value: record({ source, objet: "faute", objet_id: id + index }) };
      });
      await producer.send({ topic: RECORDS, messages });
      await sleep(40);
    }
  })();
  const stored = '{job="kafka-logs"} |= `"objet":"faute"`';
  await expect.poll(() => count(stored), { timeout: 60_000 }).toBeGreaterThan(2000);
  proxy.state.mode = "swallow";
  await expect.poll(() => proxy.state.hidden, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
  first.process.kill("SIGKILL");
  await first.ended;

  const hidden = proxy.state.hidden;
  proxy.state.mode = "reset";
  const second = await forward(mine);
  await expect.poll(() => proxy.state.hidden, { interval: 5, timeout: 20_000 }).toBeGreaterThan(hidden + 2);
  proxy.state.mode = "pass";
  await sending;
  await stack.kill("loki");
  await producer.send({ topic: RECORDS, messages: [{ key: "s0", value: record({ source: "s0", objet: "faute", objet_id: TOTAL }) }] });
  await stack.start("loki");
  await reached(stored, TOTAL + 1);
  const found = await Promise.all(sources.map((source) => lines(stack.lokiUrl, `{source="${source}"} |= \`"objet":"faute"\``, Date.now() - HOUR, Date.now())));
  expect(new Set(found.flat().map(({ line }) => JSON.parse(line).objet_id)).size).toBe(TOTAL + 1);

  await expect.poll(async () => (await fetch(`${second.status}/healthz`)).status).toBe(200);
  const lags = async () =>
    [...(await (await fetch(`${second.status}/metrics`)).text()).matchAll(/^forwarder_lag_messages\{.*\} (\d+)$/gm)].map(([, lag]) => Number(lag));
  await expect.poll(async () => Math.max(...(await lags()))).toBe(0);
  second.process.kill("SIGTERM");
  expect(await second.ended).toEqual([0, null]);
  proxy.close();

  // Promtail goes on where the forwarder stopped.
  await stack.start("promtail");
  await producer.send({ topic: RECORDS, messages: sources.map((source) => ({ key: source, value: record({ source, objet: "suite" }) })) });
  await reached('{job="kafka-logs"} |= `"objet":"suite"`', sources.length);
  expect(await count(stored)).toBe(TOTAL + 1);
});
