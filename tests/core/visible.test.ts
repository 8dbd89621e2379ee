import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Registry } from "prom-client";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { lokiAddress } from "../../src/core/loki.ts";
import { serviceLog } from "../../src/core/service/log.ts";
import { statusServer } from "../../src/core/service/status.ts";
import { sentence, visible, visibleJson, visibleLines } from "../../src/core/visible.ts";
import { pushStream } from "../../src/forwarder/push.ts";
import { asTable } from "../../src/tools/reconcile/report.ts";
import { rawLine } from "../producer/records.ts";
import { called } from "../support/called.ts";
import { folderOfFile } from "../support/folder.ts";
import { served } from "../support/served.ts";

/** An escape, one of C1, a turn of the writing direction, a tag that shows nothing, a line end of Unicode. */
const HOSTILE = "a\x1b[31mb\x9bc\u202ed\u{e0001}e\u2028f";
const SHOWN = String.raw`a\x1b[31mb\x9bc\u202ed\u{e0001}e\u2028f`;

/** Any of these but a line end. */
const WORKING = /(?!\n)\p{Cc}|[\u2028\u202e\u{e0001}]/u;

test("what works on a terminal is written out, and words stay as they are", () => {
  expect(visible(HOSTILE)).toBe(SHOWN);
  expect(visible("a\nb\tc\r\0\x7f")).toBe(String.raw`a\x0ab\x09c\x0d\x00\x7f`);
  expect(visibleLines("a\nb\x1b")).toBe("a\nb\\x1b");
  expect(visible("Échec d’été\u00a0: 100\u202f% «\u00adsoft\u200d» 日本 😀")).toBe(
    "Échec d’été\u00a0: 100\u202f% «\u00adsoft\u200d» 日本 😀",
  );
  expect(sentence("s3://b/\x07 via http://me:geheim@proxy")).toBe("s3://b/\\x07 via http://…@proxy");
});

test("JSON means the same without them", () => {
  const value = { text: HOSTILE, "k\u202e": 1 };
  const shown = visibleJson(`${JSON.stringify(value, null, 1)}\n`);
  expect(shown).not.toMatch(WORKING);
  expect(shown.split("\n")).toHaveLength(5);
  expect(JSON.parse(shown)).toEqual(value);
});

describe("every command, given names and contents that would work on a terminal", () => {
  const folder = folderOfFile();
  const named = (end: string, text: string) => {
    const path = join(folder, `${HOSTILE}${end}`);
    writeFileSync(path, text);
    return path;
  };
  const quiet = (text: string) => expect(text).not.toMatch(WORKING);

  test.each([
    ["ingest: a file that is none of ours", () => ["ingest", "--dry-run", "--from", named(".txt", `${HOSTILE}\n`)]],
    [
      "ingest: its records and rejects",
      () => [
        "ingest",
        "--dry-run",
        "--from",
        named(".jsonl", `${rawLine({ Description: HOSTILE })}\n{"Etat":"${HOSTILE.slice(6)}"}\n`),
      ],
    ],
    ["ingest: an address", () => ["ingest", "--dry-run", "--from", `ftp://${HOSTILE}`]],
    ["ingest: an option", () => ["ingest", "--timestamps", HOSTILE]],
    ["lint:logql", () => ["lint:logql", named(".logql", `sum(rate({a="${HOSTILE}"}))`)]],
    ["lint:logql as JSON", () => ["lint:logql", "--format", "json", named(".logql", `sum(rate({a="${HOSTILE}"}))`)]],
    ["verdict", () => ["verdict", named(".json", "{")]],
    ["diff", () => ["diff", "--from", folder, "--to", `${folder}/${HOSTILE}`]],
  ])("%s", async (_, args) => {
    const { stdout, stderr } = await called(args(), { folder });
    const text = stdout + stderr;
    expect(text).toMatch(/\\x1b|\\u001b/);
    quiet(text);
  });

  test("reconcile", () => {
    const name = `s3://b/${HOSTILE}\nKafka and Loki agree`;
    const none = { kafka: 0, loki: 0, missing: 0, waiting: 0, refused: 0, doubled: 0, unknown: 0, forgotten: 0 };
    const text = asTable({
      range: { from: 0, to: 1 },
      held: [],
      seconds: 1,
      results: { cells: [{ hour: 0, job: "kafka-logs", source: HOSTILE, ...none }], total: none, runs: [] },
      inputs: [{ input: name, verdict: "lost", acknowledged: 2, held: 1, repeated: 0, places: [] }],
    } as unknown as Parameters<typeof asTable>[0]);
    expect(text).toContain(`  s3://b/${SHOWN}\\x0aKafka and Loki agree: 2 acknowledged, but Kafka holds 1\n`);
    quiet(text);
  });

  test("what a service answers at /healthz", async () => {
    const server = await statusServer({
      variable: "STATUS",
      host: "127.0.0.1",
      port: 0,
      registry: new Registry(),
      healthz: () => `${HOSTILE} at http://me:geheim@loki`,
    });
    onTestFinished(() => server.close());
    expect(await (await fetch(`${server.url}/healthz`)).text()).toBe(`${SHOWN} at http://…@loki\n`);
  });

  test("a service's log", () => {
    const lines: string[] = [];
    const log = serviceLog("test", { write: (line) => void lines.push(line) });
    log.info({ from: "http://me:geheim@s3", object: HOSTILE }, "hello");
    quiet(lines.join(""));
    expect(JSON.parse(lines.join(""))).toMatchObject({ from: "http://…@s3", object: HOSTILE, msg: "hello" });
  });
});

describe("no password of a URL is shown", () => {
  test("but Loki gets it", async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(204).end();
    });
    const port = await served(server);
    const address = lokiAddress(`http://me:ge%40heim@127.0.0.1:${port}/`)!;
    expect(address.url).toBe(`http://127.0.0.1:${port}`);
    expect(await pushStream(address, { labels: { job: "j" }, entries: [{ time: 0, line: Buffer.from("x") }] })).toEqual(
      { kind: "stored" },
    );
    // printf 'me:ge@heim' | base64
    expect(seen).toEqual(["Basic bWU6Z2VAaGVpbQ=="]);
  });

  test.each([
    ["no URL", { LOKI_URL: "loki://me:geheim@x" }],
    ["brokers", { KAFKA_BROKERS: "me:geheim@kafka" }],
  ] as const)("by reconcile, %s", async (_, env) => {
    const { status, stdout, stderr } = await called(["reconcile"], { env });
    expect(status).toBe(2);
    expect(stderr).toContain("…@");
    expect(stdout + stderr).not.toContain("geheim");
  });

  test("by report", async () => {
    const args = ["report", "--from", "2026-10-01", "--to", "2026-10-02"];
    const env = { LOKI_URL: "http://me:geheim@127.0.0.1:9" };
    const { status, stdout, stderr } = await called(args, { env });
    expect(status).toBe(1);
    expect(stderr).toContain("Loki at http://127.0.0.1:9 does not answer");
    expect(stdout + stderr).not.toContain("geheim");
  });

  test("by ingest, of its S3 server", async () => {
    const env = {
      AWS_ENDPOINT_URL_S3: "http://me:geheim@127.0.0.1:9",
      AWS_ACCESS_KEY_ID: "x",
      AWS_SECRET_ACCESS_KEY: "y",
      AWS_REGION: "us-east-1",
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { stderr } = await called(["ingest", "--from", "s3://b/k", "--dry-run"], { env });
    expect(stderr).toContain("http://…@127.0.0.1:9");
    expect(stderr).not.toContain("geheim");
  });
});
