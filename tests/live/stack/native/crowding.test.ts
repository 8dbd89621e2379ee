import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { consumerGroups } from "../../../../src/core/topics.ts";
import { startForwarder } from "../../../../src/forwarder/forwarder.ts";
import { kafkaServices } from "../../../../src/stack/chosen.ts";
import { crowdedLoki } from "../../../forwarder/crowded-loki.ts";
import { folderOfFile } from "../../../support/folder.ts";
import { ingest } from "../../../support/ingest.ts";
import { messagesOf } from "../../../support/kafka.ts";
import { stackOfFile } from "../../../support/own-stack.ts";

const folder = folderOfFile();
const stack = stackOfFile(kafkaServices());

const record = (Zone: string, Etat = "SUCCESS", Objet = "o") =>
  JSON.stringify({ Entreprise: "akonovia", Zone, Source: "flood", Objet, Etat, Fin: "05-09-2025 16:45:27" });
const send = (name: string, lines: readonly string[]) => {
  const file = join(folder, name);
  writeFileSync(file, lines.join("\n"));
  return ingest(["--from", file], { KAFKA_BROKERS: stack.kafkaBrokers });
};
const sets = (name: string) => Array.from({ length: 1000 }, (_, index) => record(`${name} ${index}`));
const rejects = async () =>
  (await messagesOf(stack.kafkaBrokers, "ingestion-logs-rejets")).map(({ value }) => JSON.parse(value!));

test("six runs over six files of 1000 label sets bring 2000 of them, known ones go on", async () => {
  const outputs: string[] = [];
  for (const name of ["a", "b", "c", "d", "e", "f"]) outputs.push((await send(name, sets(name))).stdout.trim());
  expect(outputs.map((output) => /· (\d+ sent) .* (\d+ rejected)/.exec(output)?.slice(1))).toEqual([
    ...Array(2).fill(["1000 sent", "0 rejected"]),
    ...Array(4).fill(["0 sent", "1000 rejected"]),
  ]);
  expect((await send("known", [record("b 7", "FAILED")])).stdout).toContain("0 SUCCESS, 1 FAILED) · 0 rejected");
  expect((await rejects()).every(({ reason }) => reason.startsWith("no room for a further stream: 2000 sets"))).toBe(
    true,
  );
});

test("the forwarder brings the streams that Loki takes, and rejects the others with Loki's reason", async () => {
  const before = (await rejects()).length;
  // Room for the rejects' stream and a few of the records'.
  const loki = await crowdedLoki(1);
  const settings = { loki: { url: loki.url }, groups: consumerGroups, status: { host: "127.0.0.1", port: 0 } };
  const forwarder = await startForwarder({ brokers: [stack.kafkaBrokers] }, settings, pino({ level: "silent" }));
  try {
    await expect.poll(() => Object.keys(loki.held()).length, { timeout: 30_000 }).toBe(1);
    loki.state.room = 11;
    await expect
      .poll(async () => (await rejects()).length - before, { timeout: 90_000, interval: 2000 })
      .toBeGreaterThanOrEqual(1990);
    const ofLoki = (await rejects()).slice(before);
    expect(
      ofLoki.every(
        ({ reason, input }) =>
          reason.startsWith("Loki refused it: Maximum active stream limit") &&
          input.startsWith("kafka:ingestion-logs/"),
      ),
    ).toBe(true);
    const stored = Object.entries(loki.held()).flatMap(([labels, lines]) =>
      labels.includes("kafka-logs") ? lines : [],
    );
    expect(new Set([...stored, ...ofLoki.map(({ record }) => record)]).size).toBe(2001);
    expect(await (await fetch(`${forwarder.statusUrl}/healthz`)).text()).toContain("has no room for further streams");
    expect(await (await fetch(`${forwarder.statusUrl}/metrics`)).text()).toMatch(
      /forwarder_refused_total\{topic="ingestion-logs",reason="streams"\} (199\d|2000)/,
    );
  } finally {
    await forwarder.stop();
  }
});
