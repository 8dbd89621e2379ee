import { deflateSync } from "node:zlib";
import { compressSync } from "snappy";
import { expect, test } from "vitest";
import { pushStream } from "../../../src/forwarder/push.ts";
import { readLabels } from "../../../src/logql/server/stream-labels.ts";
import { app, ask, held, linesFrom, metrics, ns, push, pushText, sendPush, store } from "./support.ts";

const now = Date.now();
const one = await store();

test("protobuf in snappy, as Promtail and the forwarder send it", async () => {
  const labels = { job: "proto", odd: 'a"b\\c\né' };
  const lines = ["x", "é日本", "\u0000"].map((line, index) => ({ time: now + index, line: Buffer.from(line) }));
  expect(await pushStream({ url: one.url, tenant: "proto" }, { labels, entries: lines })).toEqual({ kind: "stored" });
  expect(await held(one, '{job="proto"}', { tenant: "proto", now })).toEqual([
    { labels, entries: lines.map(({ time, line }) => [ns(time), line.toString()]) },
  ]);
  const late = [
    { time: now - 25 * 3_600_000, line: Buffer.from("late") },
    { time: now, line: Buffer.from("good") },
  ];
  expect(await pushStream({ url: one.url, tenant: "proto" }, { labels, entries: late })).toMatchObject({
    kind: "refused",
    count: 1,
  });
});

test.each([
  ["no snappy", "x".repeat(50), {}, 400],
  ["no protobuf", compressSync(Buffer.from([0x0a, 50, 1])), {}, 400],
  ["a block that says it is huge", Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 1]), {}, 413],
  ["an encoding that nobody knows", "{}", { "Content-Type": "application/json", "Content-Encoding": "br" }, 400],
  ["no gzip", "{}", { "Content-Type": "application/json", "Content-Encoding": "gzip" }, 400],
])("a push that cannot be read: %s", async (_, body, headers, status) => {
  const sent = await sendPush(one.url, {
    body: body as string,
    headers: { "Content-Type": "application/x-protobuf", ...headers },
  });
  expect(sent).toEqual({ status, text: expect.stringMatching(/\S/) });
});

test("deflate, and a charset behind the type", async () => {
  const body = deflateSync(pushText([{ labels: { app: "deflate" }, entries: [[ns(now), "x"]] }]));
  const headers = { "Content-Type": "application/json; charset=utf-8", "Content-Encoding": "deflate" };
  expect(await sendPush(one.url, { body, headers })).toEqual({ status: 204, text: "" });
  expect(await held(one, '{app="deflate"}', { now })).toHaveLength(1);
});

test("tenants do not see each other, and who names none is fake", async () => {
  for (const tenant of [undefined, "x", "y"])
    await push(one, [{ labels: { app: "tenants" }, entries: [[ns(now), `of ${tenant}`]] }], tenant);
  const seen = async (tenant?: string) =>
    (await held(one, '{app="tenants"}', { now, ...(tenant && { tenant }) })).flatMap(({ entries }) =>
      entries.map(([, line]) => line),
    );
  expect([await seen(), await seen("fake"), await seen("x"), await seen("nobody")]).toEqual([
    ["of undefined"],
    ["of undefined"],
    ["of x"],
    [],
  ]);
  expect(JSON.parse((await ask(one, "labels", { tenant: "nobody" })).text)).toEqual({ status: "success" });
});

test("refused lines are counted by tenant and reason, and accepted ones too", async () => {
  const entries = [
    [ns(now), "x"],
    [ns(now + 3_600_000), "ahead"],
    [ns(now), "y".repeat(262_145)],
    [ns(now - 25 * 3_600_000), "behind"],
  ] as const;
  await push(
    one,
    [
      { labels: { app: "a" }, entries },
      { labels: { app: "v".repeat(2049) }, entries: linesFrom(ns(now), "x", "y") },
    ],
    "counted",
  );
  const lines = (await metrics(one)).split("\n").filter((line) => line.includes('"counted"'));
  expect(lines.sort()).toEqual([
    'loki_discarded_samples_total{tenant="counted",reason="invalid_labels"} 2',
    'loki_discarded_samples_total{tenant="counted",reason="label_value_too_long"} 2',
    'loki_discarded_samples_total{tenant="counted",reason="line_too_long"} 1',
    'loki_discarded_samples_total{tenant="counted",reason="too_far_behind"} 1',
    'loki_discarded_samples_total{tenant="counted",reason="too_far_in_future"} 1',
    'store_lines_accepted_total{tenant="counted"} 1',
  ]);
});

test("a question may be long, as an address too", async () => {
  const labels = { app: "x".repeat(2048), other: "é".repeat(1024) };
  await push(one, [{ labels, entries: [[ns(now), "found"]] }]);
  const query = `{app="${labels.app}", other="${labels.other}"} |= "found" ${`!= "${"é".repeat(1000)}"`.repeat(20)}`;
  expect(query.length).toBeGreaterThan(20_000);
  expect((await held(one, query, { now })).map(({ entries }) => entries)).toEqual([[[ns(now), "found"]]]);
});

test("lines that arrive in any order are in order, and doubles are one", async () => {
  const times = Array.from({ length: 3000 }, (_, index) => now - 3_600_000 + ((index * 7919) % 3000) * 1000);
  const entriesOf = (some: readonly number[]) => some.map((time) => [ns(time), `at ${time}`] as const);
  const send = (some: readonly number[]) => push(one, [{ labels: app("shuffled"), entries: entriesOf(some) }]);
  for (let from = 0; from < times.length; from += 100) await send(times.slice(from, from + 100));
  await send(times.slice(500, 900));
  const [stream] = await held(one, '{app="shuffled"}', { now });
  expect(stream!.entries).toEqual(entriesOf([...times].sort((a, b) => a - b)));
});

test.each([
  ['{a="1", b="2"}', { a: "1", b: "2" }],
  ['{ b = "2" ,a=`1`, }', { a: "1", b: "2" }],
  ['{a="\\x41\\u00e9\\n\\"", e=""}', { a: 'Aé\n"' }],
  ["{}", {}],
])("labels of a stream: %s", (text, labels) => {
  expect(readLabels(text)).toEqual(Object.entries(labels));
});

test.each(['{a="1"', "{a}", '{a=~"1"}', '{="1"}', 'a="1"', '{a="1"} x', '{a="1" b="2"}', '{a="\\q"}', "", '{a="1'])(
  "labels that cannot be read: %s",
  (text) => {
    expect(() => readLabels(text)).toThrow(/^couldn't parse labels: 1:\d+: parse error: /);
  },
);
