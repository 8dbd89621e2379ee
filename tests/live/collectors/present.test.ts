import { expect, test } from "vitest";
import { missingOf } from "../../../src/forwarder/present.ts";
import { pushStream } from "../../../src/forwarder/push.ts";
import { startStack } from "../../support/stack.ts";
import { flushed } from "../faults/loki.ts";

test("what Loki holds in a stored chunk that ends with the first entry asked for is not missing", async () => {
  const stack = await startStack(["loki"], { print: () => {} });
  try {
    const loki = { url: stack.lokiUrl };
    const labels = { job: "kafka-logs", etat: "SUCCESS" };
    const time = Date.now();
    const held = ["a", "b"].map((line) => ({ time, line: Buffer.from(line) }));
    const later = { time: time + 5, line: Buffer.from("later") };
    const entries = [{ time: time - 5, line: Buffer.from("before") }, ...held];
    expect(await pushStream(loki, { labels, entries })).toEqual({ kind: "stored" });
    await flushed(loki.url);
    expect(await missingOf(loki, { labels, entries: [...held, later] })).toEqual([later]);
  } finally {
    await stack.stop();
  }
});
