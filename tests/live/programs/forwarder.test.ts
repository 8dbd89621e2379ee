import { spawn } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { ownProgram } from "../../../src/stack/own-program.ts";

test("no password of a URL is shown, in its log and at /healthz", async () => {
  const child = spawn(process.execPath, ownProgram("forward"), {
    env: {
      PATH: process.env.PATH!,
      LOKI_URL: "http://me:geheim@127.0.0.1:9",
      KAFKA_BROKERS: "127.0.0.1:9",
      FORWARDER_STATUS_ADDRESS: "127.0.0.1:0",
      LOG_LEVEL: "debug",
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  await expect.poll(() => /"status":"([^"]*)"/.exec(text)?.[1], { timeout: 20_000 }).toBeDefined();
  const healthz = await (await fetch(`${/"status":"([^"]*)"/.exec(text)![1]}/healthz`)).text();
  expect(text).toContain('"loki":"http://127.0.0.1:9"');
  expect(text + healthz).not.toContain("geheim");
});
