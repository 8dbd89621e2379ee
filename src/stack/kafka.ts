import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { artifacts } from "./artifacts.ts";
import { composeEnvironment } from "./compose-file.ts";
import { createTopics } from "./create-topics.ts";
import { tcpReply } from "./ready.ts";
import type { Command, Context, Service, ServiceName } from "./service.ts";
import { folder } from "./service.ts";

/** A value in a file of properties, which Java reads as ISO-8859-1 with escapes of its own. */
const escaped = (value: string) =>
  value
    .replace(/\\/g, "\\\\")
    .replace(/^\s/, "\\$&")
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The text of a file of properties. */
export const properties = (values: Record<string, string | number | boolean>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${escaped(String(value))}\n`)
    .join("");

/** Java names files by the locale, and in the plain one a letter outside ASCII becomes a question mark. */
const UTF8 = { LC_ALL: "C.UTF-8" };

/** A Java program of the Kafka distribution, given one file of properties. */
function java(
  context: Context,
  name: ServiceName,
  heap: string,
  main: string,
  values: Record<string, string | number | boolean>,
): Command {
  const file = join(folder(context, "conf"), `${name}.properties`);
  writeFileSync(file, properties(values));
  const classpath = join(context.program(artifacts.kafka()), "*");
  return {
    file: "java",
    args: [heap, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classpath, main, file],
    env: UTF8,
  };
}

const kafkaBroker = ({ ports }: Context) => `127.0.0.1:${ports.kafka}`;

/** The broker settings of the container, as properties. */
const brokerSettings = () =>
  Object.fromEntries(
    Object.entries(composeEnvironment("kafka"))
      .filter(([name]) => name !== "KAFKA_HEAP_OPTS" && !/LISTENER|ZOOKEEPER_CONNECT/.test(name))
      .map(([name, value]) => [name.slice("KAFKA_".length).toLowerCase().replaceAll("_", "."), value]),
  );

async function kafkaReady(context: Context): Promise<boolean> {
  const admin = new Kafka({
    brokers: [kafkaBroker(context)],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    connectionTimeout: 2000,
  }).admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } catch {
    return false;
  } finally {
    await admin.disconnect();
  }
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
    return java(context, "zookeeper", "-Xmx256m", "org.apache.zookeeper.server.quorum.QuorumPeerMain", values);
  },
  ready: async ({ ports }) => (await tcpReply(ports.zookeeper, "srvr")).startsWith("Zookeeper version"),
};

export const kafka: Service = {
  title: "Kafka",
  ports: ["kafka"],
  after: ["zookeeper"],
  artifact: artifacts.kafka,
  java: true,
  // After a crash ZooKeeper remembers the old broker until its session ends (6 s), and Kafka refuses to start meanwhile.
  retries: 3,
  command: (context) => {
    const listener = `PLAINTEXT://${kafkaBroker(context)}`;
    const own = {
      listeners: listener,
      "advertised.listeners": listener,
      "zookeeper.connect": `127.0.0.1:${context.ports.zookeeper}`,
      "log.dirs": folder(context, "kafka"),
    };
    return java(context, "kafka", "-Xmx512m", "kafka.Kafka", {
      ...brokerSettings(),
      ...own,
      ...context.kafkaProperties,
    });
  },
  ready: kafkaReady,
  prepared: (context, signal) => createTopics({ brokers: [kafkaBroker(context)] }, { signal }),
};
