import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { limits } from "../../../src/logql/server/limits.ts";
import { ask, data, linesFrom, ns, push, store } from "./support.ts";

const now = Date.now();
const one = await store();

test("what a stage reads stands beside the line when Grafana asks for it so", async () => {
  await push(one, [{ labels: { app: "beside", pod: "1" }, entries: [[ns(now), '{"a":"1"}']] }]);
  const query = '{app="beside"} | json | label_format b="2"';
  const url = `${one.url}/loki/api/v1/query_range?${new URLSearchParams({ query, start: String(ns(now)), end: String(ns(now) + 1n) })}`;
  const shown = await (await fetch(url, { headers: { "X-Loki-Response-Encoding-Flags": "categorize-labels" } })).json();
  expect((shown as { data: object }).data).toMatchObject({
    encodingFlags: ["categorize-labels"],
    result: [
      { stream: { app: "beside", pod: "1" }, values: [[String(ns(now)), '{"a":"1"}', { parsed: { a: "1", b: "2" } }]] },
    ],
  });
  const plain = await data(one, "query_range", { query, start: String(ns(now)), end: String(ns(now) + 1n) });
  expect(plain.result).toEqual([
    { stream: { a: "1", app: "beside", b: "2", pod: "1" }, values: [[String(ns(now)), '{"a":"1"}']] },
  ]);
});

test("the answers of the catalogue", async () => {
  const tenant = "catalogue";
  const old = ns(now - 12 * 3_600_000);
  await push(
    one,
    [
      { labels: { app: "a", pod: "1" }, entries: linesFrom(ns(now), "four", "é") },
      { labels: { app: "b" }, entries: [[old, "xyz"]] },
    ],
    tenant,
  );
  const all = { start: String(old), end: String(ns(now + 1)), tenant };
  const of = async (path: string, parameters: Record<string, string>) =>
    JSON.parse((await ask(one, path, { tenant, ...parameters })).text);
  expect((await of("label/app/values", {})).data).toEqual(["a"]);
  expect((await of("label/app/values", all)).data).toEqual(["a", "b"]);
  expect((await of("label/app/values", { ...all, query: '{pod=~".+"}' })).data).toEqual(["a"]);
  expect((await of("labels", all)).data).toEqual(["app", "pod"]);
  expect((await of("series", { ...all, "match[]": "{}" })).data).toEqual([{ app: "a", pod: "1" }, { app: "b" }]);
  expect((await of("series", { ...all, "match[]": '{app="c"}' })).data).toEqual([]);
  const stats = { streams: 2, chunks: 2, bytes: 4 + 2 + 3, entries: 3 };
  expect(await of("index/stats", { ...all, query: '{app=~".+"}' })).toEqual(stats);
  const volumes: { metric: object; value: [number, string] }[] = (
    await of("index/volume", { ...all, query: '{app=~".+"}' })
  ).data.result;
  expect(volumes.map(({ metric, value }) => ({ ...metric, bytes: value[1] }))).toEqual([
    { app: "a", bytes: "6" },
    { app: "b", bytes: "3" },
  ]);
  expect(await ask(one, "labels", { tenant, query: '{app="a"} |= "x"' })).toEqual({
    status: 400,
    text: "only label matchers are supported",
  });
});

test("the limits of the shipped Loki", async () => {
  const { limits_config, ingester } = parse(
    readFileSync(new URL("../../../build/loki-config.yml", import.meta.url), "utf8"),
  );
  const hours = (text: string) => Number(/^(\d+)h$/.exec(text)![1]);
  expect(limits).toMatchObject({
    series: limits_config.max_query_series,
    lineLength: limits_config.max_line_size,
    behind: (hours(ingester.max_chunk_age) / 2) * 3600e9,
  });
  const entries = Array.from({ length: 5001 }, (_, index) => [ns(now) + BigInt(index), `{"id":"${index}"}`] as const);
  await push(one, [{ labels: { app: "many" }, entries }]);
  const time = String(ns(now + 1000));
  const refused = await ask(one, "query", { query: 'count_over_time({app="many"} | json [1m])', time });
  const text = expect.stringMatching(/^maximum number of series \(5000\) reached for a single query/);
  expect(refused).toEqual({ status: 400, text });
  expect(
    (await data(one, "query", { query: 'count_over_time({app="many"} | json | id!="0" [1m])', time })).result,
  ).toHaveLength(5000);
  const span = { start: String(ns(now)), end: time };
  const { result } = await data(one, "query_range", { query: '{app="many"}', ...span });
  const newest = entries.slice(-100).reverse();
  expect((result[0]!.values as string[][]).map(([, line]) => line)).toEqual(newest.map(([, line]) => line));
});

test("a method or an address that is not there", async () => {
  const paths = ["loki/api/v1/push", "loki/api/v1/tail", "loki/api/v1/toString", ""];
  const answers = await Promise.all(paths.map((path) => fetch(`${one.url}/${path}`)));
  expect(answers.map(({ status }) => status)).toEqual([405, 404, 404, 404]);
});
