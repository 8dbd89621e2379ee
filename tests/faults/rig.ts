import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { endWithProcess } from "../../deploy/launcher/lifetime.ts";
import { startNative } from "../../deploy/launcher/native.ts";
import { rootFolder } from "../../deploy/launcher/paths.ts";
import { freePorts } from "../../deploy/launcher/ports.ts";
import { isAlive, type Process, signalProcess } from "../../deploy/launcher/processes.ts";
import type { ServiceName } from "../../deploy/launcher/service.ts";
import { startProxy } from "./proxy.ts";
import { type Restart, type Supervised, supervise } from "./supervisor.ts";

export const collectors = ["promtail", "forwarder"] as const;
export type Collector = (typeof collectors)[number];
export type Part = ServiceName | "producer";

/** The whole pipeline of one row, on services and data of its own; what dies is started again 3 s later. */
export type Rig = Readonly<{
  collector: Collector;
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
  isAlive: (part: Part) => boolean;
  /** The way from the collector to Loki. */
  cutLoki: () => Promise<void>;
  mendLoki: () => Promise<void>;
  stop: (options: { keep: boolean }) => Promise<void>;
  data: string;
}>;

export const RESTART_PAUSE_MS = 3000;
const READ_SECONDS = 8;
const BUCKET = "faults";
const PRODUCER = join(rootFolder, "src", "producer", "cli.ts");
const base = ["zookeeper", "kafka", "loki", "s3"] as const;

export async function startRig(collector: Collector): Promise<Rig> {
  const data = mkdtempSync(join(tmpdir(), `faults-`));
  const ports = await freePorts();
  const print = () => {};
  const processes = new Map<Part, Process>();
  const onStart = (name: ServiceName, target: Process) => void processes.set(name, target);
  const stack = await startNative({ data, ports, services: base, print, onStart });
  let bytesPerSecond = 0;
  const toLoki = await startProxy({ to: ports.loki });
  const toS3 = await startProxy({ to: ports.s3, bytesPerSecond: () => bytesPerSecond });
  // The same services with another address of Loki: the collector reaches it through the proxy only.
  const collecting = await startNative({ data: join(data, collector), ports: { ...ports, loki: toLoki.port }, services: [collector], print, onStart });

  const s3 = new S3Client({ endpoint: stack.s3Url, region: "us-east-1", credentials: stack.s3, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const { PATH = "", HOME = "" } = process.env;
  const env = {
    PATH,
    HOME,
    KAFKA_BROKERS: stack.kafkaBrokers,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${toS3.port}`,
    AWS_ACCESS_KEY_ID: stack.s3.accessKeyId,
    AWS_SECRET_ACCESS_KEY: stack.s3.secretAccessKey,
    AWS_REGION: "us-east-1",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  mkdirSync(join(data, "logs"), { recursive: true });
  const spawnProducer = (args: readonly string[], name: string) => {
    const log = openSync(join(data, "logs", `${name}.log`), "a");
    const child = spawn(process.execPath, ["--import", "tsx", PRODUCER, ...args], { env, stdio: ["pipe", log, log] });
    closeSync(log);
    child.stdin!.on("error", () => {});
    return child;
  };
  let producer: ChildProcess | undefined;
  const startProducer = () => {
    producer = spawnProducer(["--from", `s3://${BUCKET}/logs.json`], "producer");
  };
  const runs = (child: ChildProcess | undefined) => child !== undefined && child.exitCode === null && child.signalCode === null;
  const alive = (part: Part) => {
    if (part === "producer") return !producer || runs(producer) || producer.exitCode === 0 || producer.exitCode === 2;
    const target = processes.get(part);
    return target !== undefined && isAlive(target);
  };
  const supervised: Supervised[] = [
    ...base.map((name) => ({ name, isAlive: () => alive(name), start: () => stack.start(name) })),
    { name: collector, isAlive: () => alive(collector), start: () => collecting.start(collector) },
    { name: "producer", isAlive: () => alive("producer"), start: async () => startProducer() },
  ];
  const supervisor = supervise(supervised, RESTART_PAUSE_MS);
  const killNow = () => {
    producer?.kill("SIGKILL");
    for (const target of processes.values()) signalProcess(target, "SIGKILL");
  };
  const forget = endWithProcess({ stop: async () => killNow(), killNow });

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
    startProducer,
    ingest: async (args, input) => {
      const child = spawnProducer(args, "ingest");
      child.stdin!.end(input);
      const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
      if (status !== 0) throw new Error(`the second producer ended with status ${status}; its log is ${join(data, "logs", "ingest.log")}`);
    },
    kill: (part, signal = "SIGKILL") => {
      if (signal === "SIGKILL" || signal === "SIGTERM") supervisor.expectDeath(part);
      if (part === "producer") producer?.kill(signal);
      else signalProcess(processes.get(part)!, signal);
    },
    isAlive: alive,
    cutLoki: toLoki.cut,
    mendLoki: toLoki.mend,
    stop: async ({ keep }) => {
      await supervisor.stop();
      killNow();
      await collecting.stop();
      await stack.stop();
      await toLoki.close();
      await toS3.close();
      s3.destroy();
      forget();
      if (!keep) rmSync(data, { recursive: true, force: true });
    },
  };
}
