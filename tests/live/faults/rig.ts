import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { type Holder, nativeHolder } from "../../../src/stack/chosen.ts";
import { startNative } from "../../../src/stack/native.ts";
import { ownProgram } from "../../../src/stack/own-program.ts";
import { freePorts } from "../../../src/stack/ports.ts";
import { isAlive, type Process, signalProcess } from "../../../src/stack/processes.ts";
import { s3Environment } from "../../../src/stack/s3-environment.ts";
import type { ServiceName } from "../../../src/stack/service.ts";
import { startProxy } from "../../support/proxy.ts";
import { s3Client } from "../../support/s3.ts";
import { BROKERS, startBrokers } from "./brokers.ts";
import { leaderOf } from "./kafka.ts";
import { type Restart, supervise } from "./supervisor.ts";

export const collectors = ["promtail", "forwarder"] as const;
export type Collector = (typeof collectors)[number];

/** The whole pipeline of one row, on services and data of its own; what dies is started again 3 s later. */
export type Rig = Readonly<{
  collector: Collector;
  /** What holds the lines: Loki, or the embedded store where it is not installed. */
  holder: Holder;
  /** Data and logs. */
  data: string;
  lokiUrl: string;
  kafkaBrokers: string;
  promtailUrl: string;
  restarts: readonly Restart[];
  /** Puts the object into S3; it is read in about 8 s when nothing fails. */
  upload: (body: Buffer) => Promise<void>;
  startProducer: () => Promise<void>;
  /** Sends a file through a producer of its own, beside the one that follows S3. */
  ingest: (args: readonly string[], input: Buffer) => Promise<void>;
  kill: (part: Part, signal?: NodeJS.Signals) => void;
  /** Starts a second one of what there is one of, beside it; it is not started again when it dies. */
  startSecond: (name: "forwarder" | "producer") => Promise<void>;
  /** The broker that leads a partition of the records. */
  leaderOf: (partition: number) => Promise<Part>;
  /** The way from the collector to Loki. */
  cutLoki: () => Promise<void>;
  mendLoki: () => Promise<void>;
  stop: (options?: { keep: boolean }) => Promise<void>;
}>;

/** A service, or a further one of its kind. */
export type Part = ServiceName | "kafka-2" | "kafka-3" | "forwarder-2" | "producer-2";
type RigOptions = Readonly<{ brokers?: 1 | 3; seconds?: number }>;

export const RESTART_PAUSE_MS = 3000;
export const READ_SECONDS = 8;
const BUCKET = "faults";
/**
 * Starts everything but the producer; with three brokers they need no ZooKeeper, and each topic stands on all of them.
 */
export async function startRig(
  collector: Collector,
  { brokers = 1, seconds = READ_SECONDS }: RigOptions = {},
): Promise<Rig> {
  const holder = nativeHolder(process.env);
  const base: readonly ServiceName[] = brokers === 3 ? [holder, "s3"] : ["zookeeper", "kafka", holder, "s3"];
  const data = mkdtempSync(join(tmpdir(), "faults-"));
  const ports = await freePorts();
  const processes = new Map<Part, Process>();
  const common = {
    ports,
    print: () => {},
    onStart: (name: ServiceName, target: Process) => void processes.set(name, target),
  };
  const signal = (name: Part, how: NodeJS.Signals) => signalProcess(processes.get(name)!, how);
  const killNow = () => {
    for (const name of processes.keys()) signal(name, "SIGKILL");
  };
  const closing: (() => unknown)[] = [];
  let stopSupervisor = () => {};
  const close = async () => {
    stopSupervisor();
    killNow();
    for (const end of closing.toReversed()) await end();
  };
  try {
    const cluster =
      brokers === 3
        ? await startBrokers({ data, ports, onStart: (name, target) => void processes.set(name, target) })
        : undefined;
    if (cluster) closing.push(...cluster.stops);
    const stack = await startNative({ ...common, data, services: base });
    closing.push(stack.stop);
    const kafkaBrokers = cluster?.addresses ?? stack.kafkaBrokers;
    let bytesPerSecond = 1;
    const toLoki = await startProxy({ to: ports.loki });
    const toS3 = await startProxy({ to: ports.s3, bytesPerSecond: () => bytesPerSecond });
    const s3 = s3Client(stack);
    closing.push(toLoki.close, toS3.close, () => s3.destroy());
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));

    const env = {
      ...process.env,
      KAFKA_BROKERS: kafkaBrokers,
      INGEST_FROM: `s3://${BUCKET}/`,
      ...s3Environment(`http://127.0.0.1:${toS3.port}`, stack.s3),
    };
    const begin = async (name: ServiceName, changed: object = {}) => {
      const own = await startNative({
        ...common,
        data: join(data, name),
        services: [name],
        env,
        kafkaBrokers,
        ...changed,
      });
      closing.push(own.stop);
      return () => own.start(name);
    };
    const startSecond = async (name: "forwarder" | "producer") => {
      const part: Part = `${name}-2`;
      const others = { ...(await freePorts()), kafka: ports.kafka, loki: toLoki.port, s3: ports.s3 };
      const onStart = (_: ServiceName, target: Process) => void processes.set(part, target);
      await begin(name, { ports: others, data: join(data, `${part}-${processes.size}-${Date.now()}`), onStart });
    };
    // With another address of Loki: the collector reaches it through the proxy only.
    const startCollector = await begin(collector, { ports: { ...ports, loki: toLoki.port } });
    const alive = (name: Part) => isAlive(processes.get(name)!);
    const supervisor = supervise(RESTART_PAUSE_MS);
    for (const name of base) supervisor.watch({ name, isAlive: () => alive(name), start: () => stack.start(name) });
    for (const broker of cluster?.brokers ?? [])
      supervisor.watch({ name: broker.name, isAlive: () => alive(broker.name), start: broker.start });
    supervisor.watch({ name: collector, isAlive: () => alive(collector), start: startCollector });
    stopSupervisor = supervisor.stop;

    return {
      collector,
      holder,
      data,
      lokiUrl: stack.lokiUrl,
      kafkaBrokers,
      promtailUrl: `http://127.0.0.1:${ports.promtail}`,
      restarts: supervisor.restarts,
      upload: async (body) => {
        bytesPerSecond = body.length / seconds;
        await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "logs.json", Body: body }));
      },
      startProducer: async () => {
        const start = await begin("producer");
        supervisor.watch({ name: "producer", isAlive: () => alive("producer"), start });
      },
      ingest: async (args, input) => {
        const child = spawn(process.execPath, ownProgram("ingest", ...args), {
          env,
          stdio: ["pipe", "ignore", "pipe"],
        });
        let stderr = "";
        child.stderr.on("data", (chunk) => (stderr += chunk));
        child.stdin.end(input);
        const [status] = await once(child, "close");
        if (status !== 0) throw new Error(`the second producer ended with status ${status}: ${stderr.trim()}`);
      },
      kill: (name, how = "SIGKILL") => {
        if (how === "SIGKILL" || how === "SIGTERM") supervisor.expectDeath(name);
        signal(name, how);
      },
      startSecond,
      leaderOf: async (partition) => BROKERS[(await leaderOf(kafkaBrokers, partition)) - 1] ?? "kafka",
      cutLoki: toLoki.cut,
      mendLoki: toLoki.mend,
      stop: async ({ keep } = { keep: false }) => {
        await close();
        if (!keep) rmSync(data, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await close();
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}
