import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { kafkaServices, nativeHolder } from "../../../../src/stack/chosen.ts";
import type { Stack } from "../../../../src/stack/native.ts";
import { freePorts } from "../../../../src/stack/ports.ts";
import { rawLine } from "../../../producer/records.ts";
import { sampleNumbers } from "../../../support/expected.ts";
import { folderOfFile } from "../../../support/folder.ts";
import { ingest } from "../../../support/ingest.ts";
import { metric, waitForCount } from "../../../support/loki.ts";
import { carrier } from "../../../support/needs.ts";
import { startStack } from "../../../support/stack.ts";

const folder = folderOfFile();
const data = join(folder, ".stack");
const ports = await freePorts();
const start = async () => {
  const stack = await startStack([...kafkaServices(), nativeHolder(process.env), carrier()], { data, ports });
  onTestFinished(stack.stop);
  return stack;
};

const all = 'sum(count_over_time({job="kafka-logs"} [1h]))';
const bySource = ({ lokiUrl }: Stack) =>
  metric(lokiUrl, 'sum by (source) (count_over_time({job="kafka-logs"} [1h]))', Date.now());

// The steps of docs/security.md.
test("stopped, packed, lost, unpacked and started again, the stack answers with the same numbers and takes new records", async () => {
  const before = await start();
  const env = { KAFKA_BROKERS: before.kafkaBrokers };
  expect(await ingest([], env)).toMatchObject({ status: 0 });
  await waitForCount(before.lokiUrl, all, 72);
  expect(await bySource(before)).toEqual(sampleNumbers["1-ingestion-health/7/A"]);
  await before.stop();

  execFileSync("tar", ["-czf", "backup.tgz", ".stack"], { cwd: folder });
  rmSync(data, { recursive: true });
  execFileSync("tar", ["-xzf", "backup.tgz"], { cwd: folder });

  const after = await start();
  expect(await bySource(after)).toEqual(sampleNumbers["1-ingestion-health/7/A"]);
  expect(await ingest(["--from", "-"], env, rawLine({ Source: "apres" }))).toMatchObject({ status: 0 });
  await waitForCount(after.lokiUrl, all, 73);
  // What the collector had carried before is not carried again.
  expect(await bySource(after)).toEqual({ ...sampleNumbers["1-ingestion-health/7/A"], apres: 1 });
});
