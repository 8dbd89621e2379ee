import { Kafka, type logLevel } from "kafkajs";
import type { Logger } from "pino";
import type { KafkaSettings } from "../core/kafka/settings.ts";
import { type Labels, recordLabels, rejectLabels } from "../core/record/labels.ts";
import { diskWatch } from "../core/service/disk.ts";
import { statusServer } from "../core/service/status.ts";
import { type ConsumerGroups, topics } from "../core/topics.ts";
import { consume, type Handle, type Message } from "./consume.ts";
import { deliver } from "./deliver.ts";
import { lagsOf } from "./lag.ts";
import { forwarderMetrics } from "./metrics.ts";
import { kindOf, rejectsSender } from "./refused.ts";
import { streamRoom } from "./room.ts";
import type { ForwarderSettings } from "./settings.ts";

/** How long Loki may be silent while there is something to push before `/healthz` says so. */
const SILENT_MS = 15_000;

type Forwarder = Readonly<{ statusUrl: string; stop(): Promise<void> }>;

type LabelsOf = (message: Message) => Labels;

/**
 * Carries the topics of records and rejects to Loki until it is stopped, which loses nothing.
 * Throws a `UserError` when the status address is taken.
 */
export async function startForwarder(
  kafkaSettings: KafkaSettings,
  { loki, groups, status, dataFolder }: ForwarderSettings,
  log: Logger,
): Promise<Forwarder> {
  const kafka = new Kafka({
    ...kafkaSettings,
    clientId: "ingestion-forwarder",
    connectionTimeout: 3000,
    logCreator: logTo(log),
  });
  const lags = lagsOf(kafka.admin({ retry: { retries: 0 } }), groups);
  const metrics = forwarderMetrics(lags.ask);
  const rejects = rejectsSender(kafka);
  const disk = diskWatch(dataFolder, { registry: metrics.registry, prefix: "forwarder_", log });
  const faults = new Map<string, string | undefined>(
    [topics.records, topics.rejects].map((topic) => [topic, `Kafka's topic ${topic} is not read yet`]),
  );
  let silence: { since: number; reason: string } | undefined;

  const lokiFault = () =>
    silence && Date.now() - silence.since > SILENT_MS
      ? `Loki at ${loki.url} takes nothing: ${silence.reason}`
      : undefined;
  const room = streamRoom();
  const roomFault = () =>
    room.isShort()
      ? `Loki at ${loki.url} has no room for further streams: what needs one goes to ${topics.rejects}`
      : undefined;
  const healthz = () =>
    [...faults.values(), lokiFault(), roomFault(), disk.fault()].find((fault) => fault !== undefined);
  const server = await statusServer({
    variable: "FORWARDER_STATUS_ADDRESS",
    ...status,
    registry: metrics.registry,
    healthz,
    warning: disk.warning,
  });

  const carry = (topic: string, labelsOf: LabelsOf): Handle => {
    return async (messages, { doubtful, signal }) => {
      const refused = await deliver(messages, {
        loki,
        labelsOf,
        isDoubtful: (message) => doubtful.has(message),
        signal,
        onAnswer: () => {
          if (silence) log.info({ seconds: Math.round((Date.now() - silence.since) / 1000) }, "Loki answers again");
          silence = undefined;
        },
        onFull: (reason) => {
          if (!room.isShort()) log.error({ reason }, "Loki has no room for further streams");
          const next = room.refused();
          // A reject that is set aside has nowhere to go.
          return topic === topics.records ? next : "wait";
        },
        onRetry: (reason) => {
          metrics.retries.inc();
          if (!silence) log.warn({ reason }, "Loki takes nothing; trying again");
          silence = { since: silence?.since ?? Date.now(), reason };
        },
      });
      for (const { entry, reason } of refused) {
        metrics.refused.inc({ topic, reason: kindOf(reason) });
        log.warn({ topic, partition: entry.partition, offset: entry.offset, reason }, "Loki refused a message");
      }
      // What Loki refused of the rejects themselves stands in the log alone: sent again, it would be refused again.
      if (topic === topics.records) await rejects.send(refused);
      metrics.pushed.inc({ topic }, messages.length - refused.length);
    };
  };
  const start = (carried: keyof ConsumerGroups, labelsOf: LabelsOf) => {
    const topic = topics[carried];
    return consume({
      kafka,
      topic,
      groupId: groups[carried],
      handle: carry(topic, labelsOf),
      onState: (fault) => {
        if (fault !== faults.get(topic)) fault ? log.error({ topic }, fault) : log.info({ topic }, "reading");
        faults.set(topic, fault);
      },
    });
  };
  const running = [start("records", ({ line }) => recordLabels(line)), start("rejects", () => rejectLabels)];
  return {
    statusUrl: server.url,
    async stop() {
      disk.close();
      await Promise.all(running.map((consumer) => consumer.stop()));
      await Promise.all([rejects.close(), lags.close(), server.close()]);
    },
  };
}

/** kafkajs's own messages, its warnings and errors only, as lines of the service's log. */
const logTo =
  (log: Logger) =>
  () =>
  ({ level, log: { message, error } }: { level: logLevel; log: { message: string; error?: unknown } }) => {
    if (level <= 2) log.debug({ kafka: message, error: String(error ?? "") }, "kafkajs");
  };
