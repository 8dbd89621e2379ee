import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { missingOf } from "../../../src/forwarder/present.ts";
import { pushStream } from "../../../src/forwarder/push.ts";
import { freePorts } from "../../../src/stack/ports.ts";
import { startStack } from "../../../src/stack/test-stack.ts";
import { flushed } from "../faults/loki.ts";

test("what Loki holds in a stored chunk that ends with the first entry asked for is not missing", async () => {
  const data = mkdtempSync(join(tmpdir(), "present-"));
  const stack = await startStack({ data, ports: await freePorts(), services: ["loki"], print: () => {} });
  try {
    const loki = { url: stack.lokiUrl };
    const labels = { job: "kafka-logs", etat: "SUCCESS" };
    const time = Date.now();
    const held = ["a", "b"].map((line) => ({ time, line: Buffer.from(line) }));
    const later = { time: time + 5, line: Buffer.from("later") };
    expect(
      await pushStream(loki, { labels, entries: [{ time: time - 5, line: Buffer.from("before") }, ...held] }),
    ).toEqual({
      kind: "stored",
    });
    await flushed(loki.url);
    expect(await missingOf(loki, { labels, entries: [...held, later] })).toEqual([later]);
  } finally {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
