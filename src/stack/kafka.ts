import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { withAdmin } from "../core/kafka/admin.ts";
import { unitEscaped } from "../core/visible.ts";
import { artifacts } from "./artifacts.ts";
import { type KafkaMode, kafkaMode } from "./chosen.ts";
import { composeEnvironment } from "./compose-file.ts";
import { createTopics } from "./create-topics.ts";
import { tcpReply } from "./ready.ts";
import { run } from "./run.ts";
import { type Command, type Context, folder, type Service, type ServiceName } from "./service.ts";

/** A value in a file of properties, which Java reads as ISO-8859-1 with escapes of its own. */
const escaped = (value: string) =>
  value
    .replace(/\\/g, "\\\\")
    .replace(/^\s/, "\\$&")
    .replace(/[^\x20-\x7e]/g, unitEscaped);

/** The text of a file of properties. */
export const properties = (values: Record<string, string | number | boolean>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${escaped(String(value))}\n`)
    .join("");

/** Java names files by the locale, and in the plain one a letter outside ASCII becomes a question mark. */
const UTF8 = { LC_ALL: "C.UTF-8" };

type Values = Record<string, string | number | boolean>;
const inMode = (mode: KafkaMode) => (mode === "kraft" ? artifacts.kraft() : artifacts.kafka());
const classpath = ({ env }: Context) => join(inMode(kafkaMode(env)).path, "*");

const ZOOKEEPER = "org.apache.zookeeper.server.quorum.QuorumPeerMain";

/** A Java program of the Kafka distribution, given one file of properties. */
type Program = Readonly<{ name: ServiceName; heap: string; main: string; values: Values }>;
function java(context: Context, { name, heap, main, values }: Program): Command {
  const file = written(context, { name, values });
  return {
    file: "java",
    args: [heap, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classpath(context), main, file],
    env: UTF8,
  };
}

function written(context: Context, { name, values }: Pick<Program, "name" | "values">): string {
  const file = join(folder(context, "conf"), `${name}.properties`);
  writeFileSync(file, properties(values));
  return file;
}

const kafkaBroker = ({ ports }: Context) => `127.0.0.1:${ports.kafka}`;

/** The broker settings of the container, as properties. */
const brokerSettings = (mode: KafkaMode) =>
  Object.fromEntries(
    Object.entries(composeEnvironment("kafka", { KAFKA_MODE: mode }))
      .filter(
        ([name]) => /^KAFKA_(?!HEAP_OPTS|LOG_DIRS)/.test(name) && !/LISTENER|ZOOKEEPER_CONNECT|CONTROLLER/.test(name),
      )
      .map(([name, value]) => [name.slice("KAFKA_".length).toLowerCase().replaceAll("_", "."), value]),
  );

/** What a broker is told of where it is: its listeners and its data. */
function ownSettings(context: Context): Values {
  const listener = `PLAINTEXT://${kafkaBroker(context)}`;
  if (kafkaMode(context.env) === "zookeeper")
    return {
      listeners: listener,
      "advertised.listeners": listener,
      "zookeeper.connect": `127.0.0.1:${context.ports.zookeeper}`,
      "log.dirs": folder(context, "kafka"),
    };
  const controller = `127.0.0.1:${context.ports.kafkaController}`;
  return {
    listeners: `${listener},CONTROLLER://${controller}`,
    "advertised.listeners": listener,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map":
      "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL",
    "controller.quorum.voters": `1@${controller}`,
    "log.dirs": folder(context, "kafka-kraft"),
  };
}
const kafkaValues = (context: Context): Values => ({
  ...brokerSettings(kafkaMode(context.env)),
  ...ownSettings(context),
  ...context.kafkaProperties,
});

/** Gives a new broker without ZooKeeper its cluster's identity, as its container does. */
async function formatted(context: Context, signal: AbortSignal): Promise<void> {
  if (kafkaMode(context.env) === "zookeeper" || existsSync(join(folder(context, "kafka-kraft"), "meta.properties")))
    return;
  const file = written(context, { name: "kafka", values: kafkaValues(context) });
  const { CLUSTER_ID = "" } = composeEnvironment("kafka", { KAFKA_MODE: "kraft" });
  const format = ["kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", file];
  const args = ["-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", classpath(context), ...format];
  await run("java", args, { signal, env: { ...process.env, ...UTF8 } });
}

async function kafkaReady(context: Context): Promise<boolean> {
  const kafka = new Kafka({
    brokers: [kafkaBroker(context)],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    connectionTimeout: 2000,
  });
  const cluster = await withAdmin(kafka, (admin) => admin.describeCluster()).catch(() => undefined);
  return cluster !== undefined && cluster.brokers.length > 0;
}

export const zookeeper: Service = {
  title: "ZooKeeper",
  ports: ["zookeeper"],
  after: [],
  artifact: artifacts.kafka,
  java: true,
  command: (context) => {
    const data = folder(context, "zookeeper");
    const values = {
      dataDir: join(data, "data"),
      dataLogDir: join(data, "log"),
      clientPort: context.ports.zookeeper,
      clientPortAddress: "127.0.0.1",
      tickTime: 2000,
      "admin.enableServer": false,
    };
    return java(context, { name: "zookeeper", heap: "-Xmx256m", main: ZOOKEEPER, values });
  },
  ready: async ({ ports }) => (await tcpReply(ports.zookeeper, "srvr")).startsWith("Zookeeper version"),
};

export const kafka: Service = {
  title: "Kafka",
  ports: ["kafka"],
  portsIn: (env) => (kafkaMode(env) === "kraft" ? ["kafkaController"] : []),
  after: ["zookeeper"],
  artifact: (env) => inMode(kafkaMode(env)),
  java: true,
  // After a crash Kafka refuses to start while ZooKeeper remembers the old broker, until its session ends (6 s).
  retries: 3,
  before: formatted,
  command: (context) =>
    java(context, { name: "kafka", heap: "-Xmx512m", main: "kafka.Kafka", values: kafkaValues(context) }),
  ready: kafkaReady,
  prepared: (context, signal) => createTopics({ brokers: [kafkaBroker(context)] }, { signal }),
};
