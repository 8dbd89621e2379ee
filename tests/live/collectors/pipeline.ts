import type { Producer } from "kafkajs";
import { afterAll, beforeAll, expect } from "vitest";
import type { Stack } from "../../../src/stack/native.ts";
import type { ServiceName } from "../../../src/stack/service.ts";
import { kafkaAt } from "../../support/kafka.ts";
import { metric } from "../../support/loki.ts";
import { stackOfFile } from "../../support/own-stack.ts";

export const [RECORDS, REJECTS] = ["ingestion-logs", "ingestion-logs-rejets"] as const;

/** A stack of a test file's own, and what its tests ask of it; the stack is there once the first test begins. */
export function pipeline(services: readonly ServiceName[]) {
  const made = { stack: stackOfFile(services) } as { stack: Stack; producer: Producer };
  beforeAll(async () => {
    made.producer = kafkaAt(made.stack.kafkaBrokers).producer({ idempotent: true });
    await made.producer.connect();
  });
  afterAll(() => made.producer?.disconnect());
  const count = async (selector: string) =>
    (await metric(made.stack.lokiUrl, `sum(count_over_time(${selector}[2d]))`, Date.now()))[""] ?? 0;
  const reached = (selector: string, wanted: number) =>
    expect.poll(() => count(selector), { timeout: 60_000, interval: 100 }).toBe(wanted);
  return { made, count, reached };
}

export const record = (fields: object) =>
  JSON.stringify({
    etat: "SUCCESS",
    source: "x",
    entreprise: "akonovia",
    zone: "1-Raw",
    objet: "o",
    fin: "2026-11-20T10:00:00.000000Z",
    ...fields,
  });
