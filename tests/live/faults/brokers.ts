import { join } from "node:path";
import { startNative } from "../../../src/stack/native.ts";
import { freePorts, type Ports } from "../../../src/stack/ports.ts";
import type { Process } from "../../../src/stack/processes.ts";

/** The brokers of a cluster, by their numbers from 1. */
export const BROKERS = ["kafka", "kafka-2", "kafka-3"] as const;
export type Broker = (typeof BROKERS)[number];

type Options = Readonly<{ data: string; ports: Ports; onStart: (name: Broker, target: Process) => void }>;

/**
 * Three brokers that are their own controllers: topics stand on all of them, and two must have what is acknowledged.
 */
export async function startBrokers({ data, ports, onStart }: Options) {
  const all = [ports, await freePorts(), await freePorts()];
  const voters = all.map(({ kafkaController }, index) => `${index + 1}@127.0.0.1:${kafkaController}`).join(",");
  const shared = {
    "controller.quorum.voters": voters,
    "default.replication.factor": "3",
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "min.insync.replicas": "2",
  };
  const started = await Promise.all(
    BROKERS.map(async (name, index) => {
      const own = await startNative({
        data: join(data, name),
        ports: all[index]!,
        services: ["kafka"],
        env: { ...process.env, KAFKA_MODE: "kraft" },
        kafkaProperties: { ...shared, "node.id": String(index + 1) },
        print: () => {},
        onStart: (_, target) => onStart(name, target),
      });
      return { name, start: () => own.start("kafka"), stop: own.stop };
    }),
  );
  return {
    brokers: started,
    stops: started.map(({ stop }) => stop),
    addresses: all.map(({ kafka }) => `127.0.0.1:${kafka}`).join(","),
  };
}
