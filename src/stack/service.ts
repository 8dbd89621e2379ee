import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Artifact } from "./artifacts.ts";
import type { ProgramName } from "./installed.ts";
import type { PortName, Ports } from "./ports.ts";
import type { Print } from "./print.ts";
import type { Process } from "./processes.ts";

export const serviceNames = [
  "zookeeper",
  "kafka",
  "loki",
  "store",
  "promtail",
  "forwarder",
  "s3",
  "grafana",
  "producer",
] as const;
export type ServiceName = (typeof serviceNames)[number];

export type NativeOptions = Readonly<{
  /** An absolute folder of this stack's own. */
  data: string;
  ports: Ports;
  services: readonly ServiceName[];
  /** Loki keeps the lines of each `X-Scope-OrgID` apart. */
  tenants?: boolean;
  /** Properties of the Kafka broker over its own, e.g. further listeners. */
  kafkaProperties?: Readonly<Record<string, string>>;
  /** All brokers, where there are several. */
  kafkaBrokers?: string;
  env?: NodeJS.ProcessEnv;
  print?: Print;
  signal?: AbortSignal | undefined;
  /** The processes outlive this one; without it they end with it. */
  detached?: boolean;
  /** Services that already run, and are left as they are. */
  running?: readonly ServiceName[];
  onStart?: (name: ServiceName, process: Process) => void;
}>;

/** Where a stack lives: `data` holds one folder a service and `logs`; `build` the generated configuration. */
export type Context = NativeOptions &
  Readonly<{
    build: string;
    env: NodeJS.ProcessEnv;
    s3: S3Credentials;
    /** The stack has an S3 server of its own. */
    ownS3: boolean;
  }>;
export type S3Credentials = Readonly<{ accessKeyId: string; secretAccessKey: string }>;
/** `env` is added to the environment of this process, or `alone` is all there is. */
export type Command = Readonly<{
  file: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  alone?: NodeJS.ProcessEnv;
}>;

export type Service = Readonly<{
  title: string;
  ports: readonly PortName[];
  after: readonly ServiceName[];
  artifact?: (env: NodeJS.ProcessEnv) => Artifact;
  /** Ports that it needs in some settings only. */
  portsIn?: (env: NodeJS.ProcessEnv) => readonly PortName[];
  /** A program that the machine must have. */
  installed?: ProgramName;
  java?: boolean;
  /** How often it is started again when it ends while starting. */
  retries?: number;
  /** What is done before it is started. */
  before?: (context: Context, signal: AbortSignal) => Promise<void>;
  command: (context: Context) => Command;
  ready: (context: Context) => Promise<boolean>;
  /** What is done once it answers, before the services that need it start. */
  prepared?: (context: Context, signal: AbortSignal) => Promise<void>;
}>;

/** A folder of the stack's, made when it is missing. */
export const folder = ({ data }: Context, name: string) => {
  const path = join(data, name);
  mkdirSync(path, { recursive: true });
  return path;
};
