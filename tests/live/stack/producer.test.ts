import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { s3Environment } from "../../../src/stack/s3-environment.ts";
import { rawLine } from "../../producer/records.ts";
import { folderOfFile } from "../../support/folder.ts";
import { type Follower, following, ingest, startProgram } from "../../support/ingest.ts";
import { type Message, messagesOf, send, topicEnds } from "../../support/kafka.ts";
import { startProxy } from "../../support/proxy.ts";
import { s3Client } from "../../support/s3.ts";

const { kafkaBrokers, s3Url, s3 } = inject("stack");
const env = { KAFKA_BROKERS: kafkaBrokers, ...s3Environment(s3Url, s3) };
const RECORDS = "ingestion-logs";
const REJECTS = "ingestion-logs-rejets";
const STATE = "ingestion-producer-state";
const bucket = "producteur";
const client = s3Client({ s3Url, s3 });
const upload = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));

const folder = folderOfFile();
const record = (Objet: string, fields: Record<string, unknown> = {}) =>
  rawLine({ Source: "Efficy", Objet, Fin: "05-09-2025 10:00:00", ...fields });
const numbered = (name: string, from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, index) => `${record(`${name}-${from + index}`, { Source: `s${(from + index) % 5}` })}\n`,
  ).join("");
const names = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}-${index}`);
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

let before: Record<string, Record<number, number>>;
const since = (topic: string): Promise<Message[]> => messagesOf(kafkaBrokers, topic, before[topic]);
const objects = async () => (await since(RECORDS)).map(({ value }) => String(JSON.parse(value!).objet));
const repairs = async () =>
  (await since(RECORDS)).flatMap(({ value }) => {
    const { objet, retablissement_s } = JSON.parse(value!);
    return retablissement_s === undefined ? [] : [[objet, retablissement_s]];
  });
const sorted = (values: readonly string[]) => values.toSorted();
/** All that came, in any order. */
const cameAre = async (...wanted: readonly string[]) => expect(sorted(await objects())).toEqual(sorted(wanted));

/** Ingests without a remark, and says so much of it. */
const ingests = async (args: readonly string[], summary: string, input = "") =>
  expect(await ingest(args, env, input)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(summary),
    stderr: "",
  });

const follow = (args: string[], changed: Record<string, string> = {}) =>
  following(["--every", "300ms", ...args], { ...env, ...changed });

beforeAll(async () => void (await client.send(new CreateBucketCommand({ Bucket: bucket }))));
beforeEach(async () => {
  before = Object.fromEntries(
    await Promise.all([RECORDS, REJECTS, STATE].map(async (topic) => [topic, await topicEnds(kafkaBrokers, topic)])),
  );
});

describe("an input that was ingested before", () => {
  test("is not sent again, unless that is asked for", async () => {
    const path = file("deux-fois.json", numbered("deux", 0, 30));
    expect(await ingest(["--from", path], env)).toMatchObject({
      status: 0,
      stdout: "30 read · 30 sent (30 SUCCESS, 0 FAILED) · 0 rejected\n",
    });
    expect(await ingest(["--from", path], env)).toEqual({
      status: 0,
      stdout: `${path} was already ingested: nothing sent; --force sends it again\n`,
      stderr: "",
    });
    await cameAre(...names("deux", 30));
    expect(await ingest(["--from", path, "--force"], env)).toMatchObject({
      stdout: "30 read · 30 sent (30 SUCCESS, 0 FAILED) · 0 rejected\n",
    });
    expect(await objects()).toHaveLength(60);
  });

  test("goes on after its end when it has grown, an array and a torn line too", async () => {
    await upload("croit.json", numbered("croit", 0, 10));
    await ingest(["--from", `s3://${bucket}/croit.json`], env);
    await upload("croit.json", numbered("croit", 0, 15));
    await ingests(["--from", `s3://${bucket}/croit.json`], "5 read · 5 sent");

    const array = file("tableau.json", `[${record("element-0")},\n${record("element-1")}]`);
    await ingest(["--from", array], env);
    file("tableau.json", `[${record("element-0")},\n${record("element-1")},\n${record("element-2")}]`);
    await ingests(["--from", array], "1 read · 1 sent");

    const torn = file("coupe.json", `${record("coupe-0")}\n${record("coupe-1").slice(0, 40)}`);
    expect(await ingest(["--from", torn], env)).toMatchObject({
      status: 2,
      stdout: expect.stringContaining("2 read · 1 sent"),
    });
    file("coupe.json", `${record("coupe-0")}\n${record("coupe-1")}\n${record("coupe-2")}\n`);
    await ingests(["--from", torn], "2 read · 2 sent");
    await cameAre(...names("croit", 15), ...names("element", 3), ...names("coupe", 3));
  });

  test.each([
    ["other records", numbered("autre", 0, 12)],
    ["fewer records", numbered("recrit", 0, 4)],
  ])("is read whole, with a warning, when it was rewritten with %s", async (_, content) => {
    const path = file("recrit.json", numbered("recrit", 0, 8));
    await ingest(["--from", path, "--force"], env);
    file("recrit.json", content);
    const run = await ingest(["--from", path], env);
    const count = content.split("\n").length - 1;
    expect(run.stdout).toContain(`${count} read · ${count} sent`);
    expect(run.stderr).toBe(
      `${path} is not what it was when 8 of its records were ingested: all of it is read again.\n`,
    );
    expect(await objects()).toHaveLength(8 + count);
  });

  test("counts once as history, beside its fresh records and apart from their failures", async () => {
    const path = file(
      "histoire.json",
      `${record("hist", { Etat: "FAILED" })}\n${record("hist", { Fin: "05-09-2025 10:00:09" })}\n`,
    );
    const load = ["--from", path, "--timestamps", "event"];
    await ingest(["--from", path], env);
    expect(await ingest(load, env)).toMatchObject({ stdout: expect.stringContaining("2 read · 2 sent") });
    expect(await ingest(load, env)).toMatchObject({ stdout: expect.stringContaining("already ingested") });
    appendFileSync(path, `${record("hist", { Etat: "FAILED", Fin: "05-09-2025 11:00:00" })}\n`);
    await ingest(load, env);
    // What the load left open is known from its own records, of which none is sent again.
    appendFileSync(path, `${record("hist", { Fin: "05-09-2025 11:00:05" })}\n`);
    expect(await ingest(load, env)).toMatchObject({
      stdout: expect.stringContaining("1 read · 1 sent (1 SUCCESS, 0 FAILED) · 0 rejected · 3 ingested before"),
    });
    expect(await repairs()).toEqual([
      ["hist", 9],
      ["hist", 9],
      ["hist", 5],
    ]);
    expect((await since(STATE)).filter(({ key }) => key.includes('"hist"')).map(({ value }) => value)).toEqual(
      ['{"fin":"2025-09-05T10:00:00.000000Z"}', null].slice(1),
    );
  });

  test("comes through a pipe too", async () => {
    const first = numbered("tube", 0, 5);
    await ingest(["--from", "-", "--force"], env, first);
    expect(await ingest(["--from", "-"], env, first)).toMatchObject({
      stdout: "0 read · 0 sent (0 SUCCESS, 0 FAILED) · 0 rejected · 5 ingested before\n",
      stderr: "",
    });
    await ingests(["--from", "-"], "7 read · 7 sent", numbered("tube", 5, 12));
    await cameAre(...names("tube", 12));
  });
});

test("every message says where it comes from", async () => {
  const path = file("place é.json", `\n${record("place-0")}\n{"a":1}\n`);
  await ingest(["--from", path], env);
  const input = pathToFileURL(path).href;
  expect((await since(RECORDS)).map(({ headers }) => headers)).toEqual([{ input, position: "2" }]);
  expect((await since(REJECTS)).map(({ headers }) => headers)).toEqual([{ input, position: "3" }]);
});

describe("a run that is killed", () => {
  test("in the middle of a file is carried on by the next: each record once, and the repair knows its failure", async () => {
    const count = 30_000;
    const lines = numbered("tue", 0, count).split("\n").slice(0, -1);
    lines[10] = record("tue-10", { Source: "s0", Etat: "FAILED", Fin: "05-09-2025 10:00:00" });
    lines.push(record("tue-10", { Source: "s0", Fin: "05-09-2025 10:12:34.5" }));
    const path = file("tue.json", `${lines.join("\n")}\n`);
    const run = startProgram(["ingest", "--from", path], env);
    const sent = async () =>
      Object.entries(await topicEnds(kafkaBrokers, RECORDS)).reduce(
        (sum, [p, end]) => sum + end - before[RECORDS]![Number(p)]!,
        0,
      );
    await expect.poll(sent, { timeout: 60_000, interval: 5 }).toBeGreaterThan(5000);
    run.child.kill("SIGKILL");
    await run.ended;
    expect(await sent()).toBeLessThan(count);
    const second = await ingest(["--from", path], env);
    expect(second).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Another ingestion is at work; waiting until it lets this one in.\n"),
    });
    await cameAre(...names("tue", count), "tue-10");
    expect(await repairs()).toEqual([["tue-10", 754.5]]);
  });

  test("after it sent and before it noted: what stands in Kafka is not sent again, and its failures count", async () => {
    // More than 200 ms of sending, so that it is noted on the way; the failure in the last batch.
    const [first, more] = [numbered("fenetre", 0, 60_000), numbered("fenetre", 60_000, 60_300)];
    const path = file("fenetre.json", `${first}${record("panne", { Etat: "FAILED" })}\n{"a":1}\n${more}`);
    expect(await ingest(["--from", path], env)).toMatchObject({ status: 2 });
    // Back to the first note of what was sent, as if the run had died before the next one.
    const notes = (await since(STATE)).filter(({ key }) => key === pathToFileURL(path).href);
    const earlier = notes.find(({ value }) => JSON.parse(value!).records > 0)!;
    expect(JSON.parse(earlier.value!).records).toBeLessThan(56_000);
    await send(kafkaBrokers, STATE, [earlier, { key: '["akonovia","Efficy","panne"]', value: null }]);
    // Meanwhile the file has grown.
    appendFileSync(path, `${numbered("fenetre", 60_300, 60_500)}${record("panne", { Fin: "05-09-2025 10:01:00" })}\n`);
    const run = await ingest(["--from", path], env);
    expect(run).toMatchObject({
      status: 0,
      stdout: "201 read · 201 sent (201 SUCCESS, 0 FAILED) · 0 rejected · 60302 ingested before\n",
      stderr: "",
    });
    await cameAre(...names("fenetre", 60_500), "panne", "panne");
    expect(await since(REJECTS)).toHaveLength(1);
    expect(await repairs()).toEqual([["panne", 60]]);
  });
});

describe("the follower", () => {
  const lines = (follower: Follower) => follower.lines().filter(({ msg }) => msg === "ingested");

  test("and one-shots over the same objects at the same time send each record once", async () => {
    for (let index = 0; index < 8; index++)
      await upload(`ensemble/${index}.json`, numbered(`ensemble${index}`, 0, 400));
    const from = ["--from", `s3://${bucket}/ensemble/`];
    const follower = await follow(from);
    const runs = await Promise.all([ingest(from, env), ingest(from, env)]);
    expect(runs.map(({ status }) => status)).toEqual([0, 0]);
    await expect.poll(() => follower.health(), { timeout: 30_000 }).toBe("200 ok");
    await cameAre(...Array.from({ length: 8 }, (_, index) => names(`ensemble${index}`, 400)).flat());
  });

  test("takes what is new and what has grown, says so, and counts", async () => {
    const watched = join(folder, "suivi");
    mkdirSync(join(watched, "sous"), { recursive: true });
    const follower = await follow(["--from", watched]);
    writeFileSync(join(watched, "a.json"), numbered("suivi", 0, 3));
    await expect.poll(() => lines(follower).length, { timeout: 30_000 }).toBe(1);
    writeFileSync(join(watched, "sous", "b.json"), `${record("suivi-3", { Etat: "FAILED" })}\n{"a":1}\nnot json\n`);
    await expect.poll(() => lines(follower).length).toBe(2);
    appendFileSync(join(watched, "a.json"), numbered("suivi", 4, 6));
    await expect.poll(() => lines(follower).length).toBe(3);
    writeFileSync(join(watched, "c.csv"), "a;b");
    await expect.poll(() => follower.lines().filter(({ msg }) => msg === "not readable").length).toBe(1);
    // An input that cannot be read is told once.
    await new Promise((later) => setTimeout(later, 1000));
    expect(follower.lines().filter(({ msg }) => msg === "not readable")).toMatchObject([
      { object: join(watched, "c.csv"), error: expect.stringContaining('starts with "a;b"') },
    ]);
    expect(lines(follower)).toMatchObject([
      { object: join(watched, "a.json"), read: 3, sent: 3, rejected: 0, before: 0 },
      { object: join(watched, "sous", "b.json"), read: 3, sent: 1, rejected: 2, before: 0 },
      { object: join(watched, "a.json"), read: 2, sent: 2, rejected: 0, before: 3 },
    ]);
    expect(await follower.health()).toBe("200 ok");
    const { last_success_timestamp_seconds, bytes_read_total, streams, ...figures } =
      await follower.metrics("ingestion_producer_");
    expect(figures).toEqual({
      records_read_total: 8,
      'records_sent_total{etat="SUCCESS"}': 5,
      'records_sent_total{etat="FAILED"}': 1,
      'records_rejected_total{reason="field"}': 1,
      'records_rejected_total{reason="json"}': 1,
      lag_objects: 0,
      lag_bytes: 0,
      queue_poison_total: 0,
    });
    // Two for each set of labels that any input of this stack has brought.
    expect(streams).toBeGreaterThanOrEqual(2);
    expect(streams! % 2).toBe(0);
    expect(Math.abs(Date.now() / 1000 - last_success_timestamp_seconds!)).toBeLessThan(10);
    expect(bytes_read_total).toBeGreaterThan(numbered("suivi", 0, 6).length);
    expect(sorted(await objects())).toEqual(names("suivi", 6));
    expect(await follower.stop()).toBe(0);
  });

  test("shares a prefix with others: each record once, and what one opened another closes", async () => {
    const from = ["--from", `s3://${bucket}/shared/`];
    await upload("shared/failed.json", `${record("partagé", { Etat: "FAILED" })}\n`);
    for (let index = 0; index < 20; index++)
      await upload(`shared/${index}.json`, numbered("part", 50 * index, 50 * (index + 1)));
    const [first, second] = await Promise.all([
      follow([...from, "--share", "1/2"]),
      follow([...from, "--share", "2/2"]),
    ]);
    await expect.poll(async () => (await objects()).length, { timeout: 60_000 }).toBe(1001);
    await cameAre(...names("part", 1000), "partagé");
    const [ofFirst, ofSecond] = [lines(first!).length, lines(second!).length];
    expect([ofFirst + ofSecond, Math.min(ofFirst, ofSecond) > 4]).toEqual([21, true]);
    // Objects of both shares, of which one comes first and closes the failure.
    for (let index = 0; index < 4; index++) {
      await upload(`shared/repaired-${index}.json`, `${record("partagé", { Fin: "05-09-2025 10:01:00" })}\n`);
      if (index === 0) await expect.poll(async () => (await repairs()).length, { timeout: 30_000 }).toBe(1);
    }
    await expect.poll(async () => (await objects()).length, { timeout: 30_000 }).toBe(1005);
    expect(await repairs()).toEqual([["partagé", 60]]);
    expect(first!.lines().some(({ msg }) => String(msg).includes("another ingestion"))).toBe(false);
  });

  test("ended by SIGTERM in the middle of a file lets the next run in at once", async () => {
    const watched = join(folder, "fin");
    mkdirSync(watched);
    const count = 30_000;
    writeFileSync(join(watched, "fin.json"), numbered("fin", 0, count));
    const follower = await follow(["--from", watched]);
    const read = async () => (await follower.metrics("ingestion_producer_")).records_read_total ?? 0;
    await expect.poll(read, { timeout: 60_000, interval: 20 }).toBeGreaterThan(2000);
    expect(await follower.stop()).toBe(0);
    expect(lines(follower)).toEqual([]);
    const before = follower.lines().find(({ msg }) => msg === "interrupted")!.sent as number;
    expect(before).toBeLessThan(count);
    const run = await ingest(["--from", watched], env);
    expect(run).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`${count - before} read · ${count - before} sent`),
      stderr: expect.not.stringContaining("waiting"),
    });
    await cameAre(...names("fin", count));
  });

  test("waits for an S3 that is away, and goes on where it was", async () => {
    const proxy = await startProxy({ to: Number(new URL(s3Url).port) });
    try {
      await upload("absent/1.json", numbered("absent", 0, 100));
      const follower = await follow(["--from", `s3://${bucket}/absent/`], { AWS_ENDPOINT_URL_S3: proxy.url });
      await expect.poll(() => lines(follower).length, { timeout: 30_000 }).toBe(1);
      await proxy.cut();
      await upload("absent/2.json", numbered("absent", 100, 150));
      await expect.poll(() => follower.health(), { timeout: 20_000 }).toMatch(/^503 S3 at .* cannot be reached/);
      await proxy.mend();
      await expect.poll(() => lines(follower).length, { timeout: 40_000 }).toBe(2);
      await expect.poll(() => follower.health()).toBe("200 ok");
      expect(follower.lines().filter(({ msg }) => msg === "outage").length).toBeGreaterThan(0);
      await cameAre(...names("absent", 150));
    } finally {
      await proxy.cut();
    }
  });
});
