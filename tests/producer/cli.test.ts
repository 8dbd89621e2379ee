import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { leastLine, leastNormalised } from "./records.ts";

const ROOT = path.join(import.meta.dirname, "../..");

/** Runs the real command line; `head` closes its output after the first piece. */
function cli(
  args: string[],
  stdin: string,
  head = false,
): Promise<{ status: number | null; out: string; err: string }> {
  const env = { ...process.env, INGEST_FROM: "", LOGS_TIMEZONE: "", KAFKA_BROKERS: "127.0.0.1:1" };
  const child = spawn(process.execPath, ["bin/ingestion.js", "--no-settings", "ingest", ...args], { cwd: ROOT, env });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => {
    out += data;
    if (head) child.stdout.destroy();
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, out, err })));
}

test.concurrent("a dry run with a reject", async () => {
  expect(await cli(["--dry-run", "--from", "-"], `${leastLine}\n{}\n`)).toEqual({
    status: 2,
    out: leastNormalised,
    err: '{"line":2,"reason":"Etat is missing","record":"{}"}\n',
  });
});

test.concurrent("ends quietly when its reader has seen enough", async () => {
  const { status, err } = await cli(["--dry-run", "--from", "-"], `${leastLine}\n`.repeat(20_000), true);
  expect([status, err]).toEqual([0, ""]);
});

test.concurrent("Kafka out of reach is one sentence, soon", { timeout: 20_000 }, async () => {
  expect(await cli([], "")).toEqual({
    status: 1,
    out: "",
    err: 'Kafka at 127.0.0.1:1 cannot be reached (connect ECONNREFUSED 127.0.0.1:1); start it with "npm start" or set KAFKA_BROKERS to its address.\n',
  });
});
