import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { LauncherError } from "./errors.ts";

const table = {
  zookeeper: { variable: "ZOOKEEPER_PORT", port: 2181, title: "ZooKeeper" },
  kafka: { variable: "KAFKA_PORT", port: 9092, title: "Kafka" },
  loki: { variable: "LOKI_PORT", port: 3100, title: "Loki" },
  lokiGrpc: { variable: "LOKI_GRPC_PORT", port: 9095, title: "Loki (gRPC)" },
  promtail: { variable: "PROMTAIL_PORT", port: 9080, title: "Promtail" },
  forwarder: { variable: "FORWARDER_PORT", port: 9465, title: "the forwarder" },
  s3: { variable: "S3_PORT", port: 7070, title: "S3" },
  grafana: { variable: "GRAFANA_PORT", port: 3000, title: "Grafana" },
  producer: { variable: "PRODUCER_PORT", port: 9464, title: "The producer's status" },
  mailpit: { variable: "MAILPIT_PORT", port: 8025, title: "Mailpit" },
} as const;

export type PortName = keyof typeof table;
export type Ports = Readonly<Record<PortName, number>>;
const names = Object.keys(table) as PortName[];
const mapped = (value: (name: PortName) => number) => Object.fromEntries(names.map((name) => [name, value(name)])) as Ports;

/** The ports of the environment, else the defaults; no two services share one. */
export function portsFrom(env: NodeJS.ProcessEnv): Ports {
  const ports = mapped((name) => {
    const { variable, port } = table[name];
    const text = env[variable];
    if (!text) return port;
    if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 65_535) throw new LauncherError(`${variable} must be a port from 1 to 65535, not "${text}"`);
    return Number(text);
  });
  for (const [index, name] of names.entries()) {
    const other = names.slice(0, index).find((earlier) => ports[earlier] === ports[name]);
    if (other) throw new LauncherError(`${table[other].variable} and ${table[name].variable} are both ${ports[name]}: give each service a port of its own`);
  }
  return ports;
}

const listen = (port: number) => {
  const server = createServer();
  return new Promise<typeof server>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", () => resolve(server)));
};

/** Refuses with one sentence when one of the ports is taken. */
export async function assertPortsFree(ports: Ports, wanted: readonly PortName[]): Promise<void> {
  for (const name of wanted) {
    const { variable, title } = table[name];
    const server = await listen(ports[name]).catch((cause) => {
      throw new LauncherError(`port ${ports[name]} on 127.0.0.1, which ${title} needs, is in use: stop what holds it or set ${variable} to another port`, {
        cause,
      });
    });
    await new Promise((closed) => server.close(closed));
  }
}

/** Ports that are free now, for a stack of its own. */
export async function freePorts(): Promise<Ports> {
  const servers = await Promise.all(names.map(() => listen(0)));
  const found = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return mapped((name) => found[names.indexOf(name)]!);
}
