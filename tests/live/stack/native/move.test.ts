import { pino } from "pino";
import { expect, test } from "vitest";
import { groupsBeside, topics } from "../../../../src/core/topics.ts";
import { startForwarder } from "../../../../src/forwarder/forwarder.ts";
import { kafkaServices, nativeHolder } from "../../../../src/stack/chosen.ts";
import type { Stack } from "../../../../src/stack/native.ts";
import { rawLine } from "../../../producer/records.ts";
import { sampleNumbers } from "../../../support/expected.ts";
import { ingest } from "../../../support/ingest.ts";
import { messagesOf, send } from "../../../support/kafka.ts";
import { metric, waitForCount } from "../../../support/loki.ts";
import { stackOfFile } from "../../../support/own-stack.ts";

const whole = () => stackOfFile([...kafkaServices(), nativeHolder(process.env), "forwarder"]);
const [from, to] = [whole(), whole()];

const all = 'sum(count_over_time({job="kafka-logs"} [1h]))';
const bySource = ({ lokiUrl }: Stack) =>
  metric(lokiUrl, 'sum by (source) (count_over_time({job="kafka-logs"} [1h]))', Date.now());

/** Copies the producer's progress, as docs/kubernetes.md does with kcat. */
const copyState = async () => send(to.kafkaBrokers, topics.state, await messagesOf(from.kafkaBrokers, topics.state));

// The steps of docs/kubernetes.md, "Move from one machine".
test("a second group fills the new Loki, the progress goes along, and nothing is missing, doubled or sent again", async () => {
  const old = { KAFKA_BROKERS: from.kafkaBrokers };
  expect(await ingest([], old)).toMatchObject({ status: 0 });
  await waitForCount(from.lokiUrl, all, 72);

  const filler = await startForwarder(
    { brokers: [from.kafkaBrokers] },
    { loki: { url: to.lokiUrl }, groups: groupsBeside("move"), status: { host: "127.0.0.1", port: 0 } },
    pino({ level: "silent" }),
  );
  await waitForCount(to.lokiUrl, all, 72);
  await filler.stop();
  await copyState();

  const cluster = { KAFKA_BROKERS: to.kafkaBrokers };
  const again = await ingest([], cluster);
  expect([again.status, again.stdout]).toEqual([0, expect.stringMatching(/was already ingested: nothing sent/)]);
  expect(await ingest(["--from", "-"], cluster, rawLine({ Source: "apres" }))).toMatchObject({ status: 0 });
  await waitForCount(to.lokiUrl, all, 73);
  expect(await bySource(to)).toEqual({ ...sampleNumbers["1-ingestion-health/7/A"], apres: 1 });
  expect(await bySource(from)).toEqual(sampleNumbers["1-ingestion-health/7/A"]);
});
