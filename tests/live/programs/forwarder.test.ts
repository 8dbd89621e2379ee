import { expect, onTestFinished, test } from "vitest";
import { startProgram } from "../../support/ingest.ts";

test("no password of a URL is shown, in its log and at /healthz", async () => {
  const { child, run } = startProgram(["forward"], {
    LOKI_URL: "http://me:geheim@127.0.0.1:9",
    KAFKA_BROKERS: "127.0.0.1:9",
    FORWARDER_STATUS_ADDRESS: "127.0.0.1:0",
    LOG_LEVEL: "debug",
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const status = () => /"status":"([^"]*)"/.exec(run.stdout)?.[1];
  await expect.poll(status, { timeout: 20_000 }).toBeDefined();
  const healthz = await (await fetch(`${status()}/healthz`)).text();
  expect(run.stdout).toContain('"loki":"http://127.0.0.1:9"');
  expect(run.stdout + run.stderr + healthz).not.toContain("geheim");
});
