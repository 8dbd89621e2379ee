import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { nativeHolder } from "../../../../src/stack/embedded-store.ts";
import { kafkaServices } from "../../../../src/stack/kafka-mode.ts";
import { startNative } from "../../../../src/stack/native.ts";
import { freePorts } from "../../../../src/stack/ports.ts";
import type { Stack } from "../../../../src/stack/stack.ts";
import { sampleNumbers } from "../../../support/expected.ts";
import { ingest } from "../../../support/ingest.ts";
import { metric, waitForCount } from "../../../support/loki.ts";
import { carrier } from "../../../support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "backup-"));
const data = join(folder, ".stack");
const ports = await freePorts();
let stack: Stack | undefined;
const start = async () => {
  stack = await startNative({
    data,
    ports,
    services: [...kafkaServices(), nativeHolder(process.env), carrier()],
    print: console.log,
  });
  return stack;
};
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const all = 'sum(count_over_time({job="kafka-logs"} [1h]))';
const bySource = ({ lokiUrl }: Stack) =>
  metric(lokiUrl, 'sum by (source) (count_over_time({job="kafka-logs"} [1h]))', Date.now());
const fresh = JSON.stringify({
  Entreprise: "akonovia",
  Zone: "1-Raw",
  Source: "apres",
  Objet: "o",
  Etat: "SUCCESS",
  Fin: "05-09-2025 16:45:27",
});

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
  expect(await ingest(["--from", "-"], env, fresh)).toMatchObject({ status: 0 });
  await waitForCount(after.lokiUrl, all, 73);
  // What the collector had carried before is not carried again.
  expect(await bySource(after)).toEqual({ ...sampleNumbers["1-ingestion-health/7/A"], apres: 1 });
});
