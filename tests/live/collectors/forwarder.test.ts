import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { messagesOf } from "../../support/kafka.ts";
import { lines } from "../../support/loki.ts";
import { metricsAt, sum } from "../../support/metrics.ts";
import { holder } from "../../support/needs.ts";
import { pipeline, RECORDS, REJECTS, record } from "./pipeline.ts";
import { forward, proxyTo } from "./stack.ts";

const { made, count, reached } = pipeline(["zookeeper", "kafka", holder()]);
const env = () => ({ KAFKA_BROKERS: made.stack.kafkaBrokers, LOKI_URL: made.stack.lokiUrl });
const rejects = () => messagesOf(made.stack.kafkaBrokers, REJECTS);
const HOUR = 3_600_000;

test("what Loki refuses goes to the rejects with its reason and origin, once, and its neighbours are stored once", async () => {
  const now = Date.now();
  const send = (topic: string, sent: [value: string, time: number][]) =>
    made.producer.send({
      topic,
      messages: sent.map(([value, time]) => ({
        value,
        partition: 1 % (topic === RECORDS ? 3 : 1),
        timestamp: String(time),
      })),
    });
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
  const isRefused = /^loki_discarded_samples_total\{.*reason="(?!invalid_labels)/;
  const discarded = async () => sum((await metricsAt(made.stack.lokiUrl)).filter(([name]) => isRefused.test(name)));
  const [before, rejectsBefore] = [await discarded(), (await rejects()).length];
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
  await expect.poll(async () => (await rejects()).length, { timeout: 20_000 }).toBe(rejectsBefore + refused.length);
  const newRejects = (await rejects()).slice(rejectsBefore).map(({ value }) => JSON.parse(value!));
  for (const [index, [value, , reason]] of refused.entries()) {
    const found = newRejects.find(({ line }) => line === offsets[index]);
    expect(found).toMatchObject({ reason: expect.stringMatching(reason), input: "kafka:ingestion-logs/1" });
    if (value.length < 262_144) expect(found.record).toBe(value);
    else expect(found).toMatchObject({ head: value.slice(0, 16_384), length: value.length });
  }
  expect((await discarded()) - before).toBe(refused.length);
  expect(
    (await lines(made.stack.lokiUrl, '{source="refus"}', now - 24 * HOUR, now + 1)).map(({ line }) => line).sort(),
  ).toEqual([0, 1, 2, ...refused.map((_, index) => 10 + index)].map(good).sort());

  // A reject that Loki refuses is not rejected again.
  await send(REJECTS, [
    ["z".repeat(300_000), now],
    ["a last reject", now],
  ]);
  await reached('{job="kafka-rejets"} |= "a last reject"', 1);
  expect(await rejects()).toHaveLength(rejectsBefore + refused.length + 2);
  const shown = (await metricsAt(status)).filter(([name]) => name.startsWith("forwarder_refused_total"));
  expect(Object.fromEntries(shown)).toEqual({
    'forwarder_refused_total{topic="ingestion-logs",reason="ahead_of_time"}': 1,
    'forwarder_refused_total{topic="ingestion-logs",reason="label"}': 2,
    'forwarder_refused_total{topic="ingestion-logs",reason="too_far_behind"}': 2,
    'forwarder_refused_total{topic="ingestion-logs",reason="too_long"}': 2,
    'forwarder_refused_total{topic="ingestion-logs-rejets",reason="too_long"}': 1,
  });
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test("killed between Loki's answer and its commit, deaf to answers, and with Loki killed: of 20 000 records none is lost or counted twice", async () => {
  const TOTAL = 20_000;
  const proxy = await proxyTo(made.stack.lokiUrl);
  const mine = { ...env(), LOKI_URL: proxy.url };
  const sources = Array.from({ length: 6 }, (_, index) => `s${index}`);
  const first = await forward(mine);
  const sending = (async () => {
    for (let id = 0; id < TOTAL; id += 200) {
      const messages = Array.from({ length: 200 }, (_, index) => {
        const source = sources[(id + index) % sources.length]!;
        return { key: source, value: record({ source, objet: "faute", objet_id: id + index }) };
      });
      await made.producer.send({ topic: RECORDS, messages });
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
  await made.stack.kill(holder());
  await made.producer.send({
    topic: RECORDS,
    messages: [{ key: "s0", value: record({ source: "s0", objet: "faute", objet_id: TOTAL }) }],
  });
  await made.stack.start(holder());
  await reached(stored, TOTAL + 1);
  const found = await Promise.all(
    sources.map((source) =>
      lines(made.stack.lokiUrl, `{source="${source}"} |= \`"objet":"faute"\``, Date.now() - HOUR, Date.now()),
    ),
  );
  expect(new Set(found.flat().map(({ line }) => JSON.parse(line).objet_id)).size).toBe(TOTAL + 1);

  await expect.poll(async () => (await fetch(`${second.status}/healthz`)).status).toBe(200);
  const lags = async () =>
    (await metricsAt(second.status)).filter(([name]) => name.startsWith("forwarder_lag_messages"));
  await expect.poll(async () => Math.max(...(await lags()).map(([, lag]) => lag))).toBe(0);
  second.process.kill("SIGTERM");
  expect(await second.ended).toEqual([0, null]);
});
