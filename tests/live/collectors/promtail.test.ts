import { expect, test } from "vitest";
import { ingest } from "../../support/ingest.ts";
import { type Line, lines } from "../../support/loki.ts";
import { holder } from "../../support/needs.ts";
import { differing, type Odd, oddMessages } from "./odd-messages.ts";
import { pipeline, RECORDS, REJECTS, record } from "./pipeline.ts";

const { made, count, reached } = pipeline(["zookeeper", "kafka", holder(), "promtail"]);

/**
 * Sends values to the first partition of a topic, a millisecond apart from `start`, with a last one to wait for;
 * returns what Loki then holds of them.
 */
async function carried(topic: string, job: string, values: readonly Odd[], start: number): Promise<Line[]> {
  const end = start + values.length;
  const all = [...values, `the end ${start}`];
  await made.producer.send({
    topic,
    messages: all.map((value, index) => ({ value, partition: 0, timestamp: String(start + index) })),
  });
  await reached(`{job="${job}"} |= "the end ${start}"`, 1);
  return lines(made.stack.lokiUrl, `{job="${job}"}`, start, end);
}
const shifted = (found: readonly Line[], by: number) =>
  found.map(({ time, ...rest }) => ({ ms: Number(time / 1_000_000n) - by, rest: time % 1_000_000n, ...rest }));

test("one goes on where the other stopped, and the forwarder makes of the same messages the same entries: labels, time and line", async () => {
  const { stdout } = await ingest(["--dry-run"], { INGEST_FROM: "" });
  const exceptions = Object.values(differing);
  const values: Odd[] = [...exceptions.map(({ message }) => message), ...stdout.trimEnd().split("\n"), ...oddMessages];
  expect(values.length).toBeGreaterThan(400);
  const rejects = oddMessages.slice(0, 100);
  const start = Date.now() - 60_000;
  const byPromtail = [
    shifted(await carried(RECORDS, "kafka-logs", values, start), start),
    shifted(await carried(REJECTS, "kafka-rejets", rejects, start), start),
  ];
  await made.stack.kill("promtail", "SIGTERM");
  await made.stack.start("forwarder");
  const later = start + 30_000;
  const byForwarder = [
    shifted(await carried(RECORDS, "kafka-logs", values, later), later),
    shifted(await carried(REJECTS, "kafka-rejets", rejects, later), later),
  ];
  expect(byPromtail.map(({ length }) => length)).toEqual([values.length, rejects.length]);
  const labelled = ([records = []]: typeof byPromtail) =>
    records.slice(0, exceptions.length).map(({ labels }) => labels);
  expect(labelled(byPromtail)).toEqual(exceptions.map(({ promtail }) => promtail));
  expect(labelled(byForwarder)).toEqual(exceptions.map(({ forwarder }) => forwarder));
  const equal = ([records = [], others]: typeof byPromtail) => [records.slice(exceptions.length), others];
  expect(equal(byForwarder)).toEqual(equal(byPromtail));
  expect(await count('{job=~".+"}')).toBe(2 * (values.length + rejects.length + 2));
  await made.stack.kill("forwarder", "SIGTERM");

  // And Promtail goes on where the forwarder stopped.
  await made.stack.start("promtail");
  const sources = Array.from({ length: 6 }, (_, index) => `s${index}`);
  await made.producer.send({
    topic: RECORDS,
    messages: sources.map((source) => ({ key: source, value: record({ source, objet: "suite" }) })),
  });
  await reached('{job="kafka-logs"} |= `"objet":"suite"`', sources.length);
  expect(await count('{job=~".+"}')).toBe(2 * (values.length + rejects.length + 2) + sources.length);
});
