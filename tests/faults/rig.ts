import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { endWithProcess } from "../../deploy/launcher/lifetime.ts";
import { startNative } from "../../deploy/launcher/native.ts";
import { freePorts } from "../../deploy/launcher/ports.ts";
import { isAlive, type Process, signalProcess } from "../../deploy/launcher/processes.ts";
import type { ServiceName } from "../../deploy/launcher/service.ts";
import { type Program, program, spawned } from "./program.ts";
import { startProxy } from "./proxy.ts";
import { type Restart, type Supervised, supervise } from "./supervisor.ts";

export const collectors = ["promtail", "forwarder"] as const;
export type Collector = (typeof collectors)[number];
export type Part = ServiceName | Collector | "producer";

/** The whole pipeline of one row, on services and data of its own; what dies is started again 3 s later. */
export type Rig = Readonly<{
  collector: Collector;
  /** Data and logs. */
  data: string;
  lokiUrl: string;
  kafkaBrokers: string;
  collectorUrl: string;
  restarts: readonly Restart[];
  /** Puts the object into S3; it is read in about 8 s when nothing fails. */
  upload: (body: Buffer) => Promise<void>;
  startProducer: () => void;
  /** Sends a file through a producer of its own, beside the one that follows S3. */
  ingest: (args: readonly string[], input: Buffer) => Promise<void>;
  kill: (part: Part, signal?: NodeJS.Signals) => void;
  /** The way from the collector to Loki. */
  cutLoki: () => Promise<void>;
  mendLoki: () => Promise<void>;
  stop: (options?: { keep: boolean }) => Promise<void>;
}>;

export const RESTART_PAUSE_MS = 3000;
export const READ_SECONDS = 8;
const BUCKET = "faults";
const base = ["zookeeper", "kafka", "loki", "s3"] as const;

/** Starts everything but the producer. */
export async function startRig(collector: Collector): Promise<Rig> {
  const data = mkdtempSync(join(tmpdir(), "faults-"));
  const logs = join(data, "logs");
  const ports = await freePorts();
  const print = () => {};
  const processes = new Map<Part, Process>();
  const programs = new Map<Part, Program>();
  const onStart = (name: ServiceName, target: Process) => void processes.set(name, target);
  const alive = (part: Part) => programs.get(part)?.isAlive() ?? isAlive(processes.get(part)!);
  const signal = (part: Part, how: NodeJS.Signals) => {
    const own = programs.get(part);
    if (own) own.kill(how);
    else signalProcess(processes.get(part)!, how);
  };
  const killNow = () => {
    for (const part of [...programs.keys(), ...processes.keys()]) signal(part, "SIGKILL");
  };
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    killNow();
    for (const end of closing.toReversed()) await end();
    forget();
  };
  const forget = endWithProcess({ stop: close, killNow });

  try {
    const stack = await startNative({ data, ports, services: base, print, onStart });
    closing.push(stack.stop);
    let bytesPerSecond = 1;
    const toLoki = await startProxy({ to: ports.loki });
    const toS3 = await startProxy({ to: ports.s3, bytesPerSecond: () => bytesPerSecond });
    closing.push(toLoki.close, toS3.close);
    const s3 = new S3Client({ endpoint: stack.s3Url, region: "us-east-1", credentials: stack.s3, forcePathStyle: true });
    closing.push(async () => s3.destroy());
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));

    const { PATH = "", HOME = "" } = process.env;
    const env = {
      PATH,
      HOME,
      KAFKA_BROKERS: stack.kafkaBrokers,
      LOKI_URL: `http://127.0.0.1:${toLoki.port}`,
      FORWARDER_STATUS_ADDRESS: `127.0.0.1:${ports.promtail}`,
      INGEST_STATUS_ADDRESS: "127.0.0.1:0",
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${toS3.port}`,
      AWS_ACCESS_KEY_ID: stack.s3.accessKeyId,
      AWS_SECRET_ACCESS_KEY: stack.s3.secretAccessKey,
      AWS_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
    };
    const producerFile = "src/producer/cli.ts";
    const producer = program({ name: "producer", file: producerFile, args: ["--follow", "--from", `s3://${BUCKET}/`, "--every", "1s"], env, logs });
    const forwarder = program({ name: "forwarder", file: "src/forwarder/cli.ts", env, logs });
    let startCollector = async () => forwarder.start();
    if (collector === "promtail") {
      // The same services with another address of Loki: the collector reaches it through the proxy only.
      const collecting = await startNative({ data: join(data, "collector"), ports: { ...ports, loki: toLoki.port }, services: ["promtail"], print, onStart });
      closing.push(collecting.stop);
      startCollector = () => collecting.start("promtail");
    } else {
      programs.set("forwarder", forwarder);
      forwarder.start();
    }
    const supervised: Supervised[] = [
      ...base.map((name) => ({ name, isAlive: () => alive(name), start: () => stack.start(name) })),
      { name: collector, isAlive: () => alive(collector), start: startCollector },
      { name: "producer", isAlive: () => !programs.has("producer") || alive("producer"), start: async () => producer.start() },
    ];
    const supervisor = supervise(supervised, RESTART_PAUSE_MS);
    closing.push(supervisor.stop);

    return {
      collector,
      data,
      lokiUrl: stack.lokiUrl,
      kafkaBrokers: stack.kafkaBrokers,
      collectorUrl: `http://127.0.0.1:${ports.promtail}`,
      restarts: supervisor.restarts,
      upload: async (body) => {
        bytesPerSecond = body.length / READ_SECONDS;
        await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "logs.json", Body: body }));
      },
      startProducer: () => {
        programs.set("producer", producer);
        producer.start();
      },
      ingest: async (args, input) => {
        const child = spawned({ name: "ingest", file: producerFile, args, env, logs });
        child.stdin!.end(input);
        const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
        if (status !== 0) throw new Error(`the second producer ended with status ${status}; its log is ${join(logs, "ingest.log")}`);
      },
      kill: (part, how = "SIGKILL") => {
        if (how === "SIGKILL" || how === "SIGTERM") supervisor.expectDeath(part);
        signal(part, how);
      },
      cutLoki: toLoki.cut,
      mendLoki: toLoki.mend,
      stop: async ({ keep } = { keep: false }) => {
        await supervisor.stop();
        await close();
        if (!keep) rmSync(data, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
