import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { nativeHolder } from "../../../src/stack/chosen.ts";
import { startNative } from "../../../src/stack/native.ts";
import { freePorts } from "../../../src/stack/ports.ts";
import { isAlive, type Process, signalProcess } from "../../../src/stack/processes.ts";
import { s3Environment } from "../../../src/stack/s3-environment.ts";
import type { ServiceName } from "../../../src/stack/service.ts";
import { ingest } from "../../support/ingest.ts";
import { startProxy } from "../../support/proxy.ts";
import { s3Client } from "../../support/s3.ts";
import { temporary } from "../../support/temporary.ts";
import { BROKERS, type Broker, startBrokers } from "./brokers.ts";
import { leaderOf } from "./kafka.ts";
import { supervise } from "./supervisor.ts";

export const collectors = ["promtail", "forwarder"] as const;
export type Collector = (typeof collectors)[number];

/** A service, or a further one of its kind. */
export type Part = ServiceName | Broker | "forwarder-2" | "producer-2";

export const RESTART_PAUSE_MS = 3000;
export const READ_SECONDS = 8;
const BUCKET = "faults";
/** The whole pipeline of one row, on services and data of its own; what dies is started again 3 s later. */
export type Rig = Awaited<ReturnType<typeof startRig>>;
/**
 * Starts everything but the producer; `cluster`: three brokers without ZooKeeper, each topic on all of them, and in how
 * many seconds the object is read.
 */
export async function startRig(collector: Collector, clusterSeconds?: number) {
  const isCluster = clusterSeconds !== undefined;
  const holder = nativeHolder(process.env);
  const base: readonly ServiceName[] = isCluster ? [holder, "s3"] : ["zookeeper", "kafka", holder, "s3"];
  const { folder: data, remove } = temporary();
  const ports = await freePorts();
  const processes = new Map<Part, Process>();
  const onStart = (name: Part, target: Process) => void processes.set(name, target);
  const common = { ports, print: () => {}, onStart };
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
    const cluster = isCluster ? await startBrokers({ data, ports, onStart }) : undefined;
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
      const alone = { data: join(data, name), services: [name], env, kafkaBrokers };
      const own = await startNative({ ...common, ...alone, ...changed });
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
      /** What holds the lines: Loki, or the embedded store where it is not installed. */
      holder,
      /** Data and logs. */
      data,
      lokiUrl: stack.lokiUrl,
      kafkaBrokers,
      promtailUrl: `http://127.0.0.1:${ports.promtail}`,
      restarts: supervisor.restarts,
      /** Puts the object into S3; it is read in about 8 s when nothing fails. */
      upload: async (body: Buffer) => {
        bytesPerSecond = body.length / (clusterSeconds ?? READ_SECONDS);
        await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "logs.json", Body: body }));
      },
      startProducer: async () => {
        const start = await begin("producer");
        supervisor.watch({ name: "producer", isAlive: () => alive("producer"), start });
      },
      /** Sends a file through a producer of its own, beside the one that follows S3. */
      ingest: async (args: readonly string[], input: Buffer) => {
        const { status, stderr } = await ingest(args, env, input);
        if (status !== 0) throw new Error(`the second producer ended with status ${status}: ${stderr.trim()}`);
      },
      kill: (name: Part, how: NodeJS.Signals = "SIGKILL") => {
        if (how === "SIGKILL" || how === "SIGTERM") supervisor.expectDeath(name);
        signal(name, how);
      },
      /** Starts a second one of what there is one of, beside it; it is not started again when it dies. */
      startSecond,
      /** The broker that leads a partition of the records. */
      leaderOf: async (partition: number): Promise<Part> =>
        BROKERS[(await leaderOf(kafkaBrokers, partition)) - 1] ?? "kafka",
      /** The way from the collector to Loki. */
      cutLoki: toLoki.cut,
      mendLoki: toLoki.mend,
      stop: async ({ keep } = { keep: false }) => {
        await close();
        if (!keep) remove();
      },
    };
  } catch (error) {
    await close();
    remove();
    throw error;
  }
}
