import { type AddressInfo, createServer } from "node:net";
import { faultsOf, setting } from "../core/env.ts";
import { UserError } from "../core/errors.ts";

const table = {
  zookeeper: { variable: "ZOOKEEPER_PORT", title: "ZooKeeper" },
  kafka: { variable: "KAFKA_PORT", title: "Kafka" },
  kafkaController: { variable: "KAFKA_CONTROLLER_PORT", title: "Kafka's controller" },
  loki: { variable: "LOKI_PORT", title: "Loki" },
  lokiGrpc: { variable: "LOKI_GRPC_PORT", title: "Loki (gRPC)" },
  promtail: { variable: "PROMTAIL_PORT", title: "Promtail" },
  forwarder: { variable: "FORWARDER_PORT", title: "the forwarder" },
  s3: { variable: "S3_PORT", title: "S3" },
  grafana: { variable: "GRAFANA_PORT", title: "Grafana" },
  producer: { variable: "PRODUCER_PORT", title: "The producer's status" },
  mailpit: { variable: "MAILPIT_PORT", title: "Mailpit" },
} as const;

export type PortName = keyof typeof table;
export type Ports = Readonly<Record<PortName, number>>;
const names = Object.keys(table) as PortName[];
const mapped = (value: (name: PortName) => number) =>
  Object.fromEntries(names.map((name) => [name, value(name)])) as Ports;

/** The variables that say these ports. */
export const portVariables = (ports: Partial<Ports>): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => (ports[name] === undefined ? [] : [[table[name].variable, String(ports[name])]])),
  );

/** Refuses with all faults at once, a sentence each. */
export function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new UserError(faults.join("\n"));
}

/** The ports of the environment, else the defaults; no two services share one. */
export function portsFrom(env: NodeJS.ProcessEnv): Ports {
  refuse(
    faultsOf(
      env,
      names.map((name) => table[name].variable),
    ),
  );
  const ports = mapped((name) => Number(setting(env, table[name].variable)));
  refuse(
    names.flatMap((name, index) => {
      const other = names.slice(0, index).find((earlier) => ports[earlier] === ports[name]);
      return other
        ? [
            `${table[other].variable} and ${table[name].variable} are both ${ports[name]}: give each service a port of its own.`,
          ]
        : [];
    }),
  );
  return ports;
}

const listen = (port: number) => {
  const server = createServer();
  return new Promise<typeof server>((resolve, reject) =>
    server.once("error", reject).listen(port, "127.0.0.1", () => resolve(server)),
  );
};

type Taker = Readonly<{ takenBy?: "user" | "engine" }>;

/** Why a port of this machine cannot be listened on, as the system calls it; nothing when it can. */
async function whyTaken(port: number): Promise<string | undefined> {
  try {
    const server = await listen(port);
    await new Promise((closed) => server.close(closed));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

/** Refuses with a sentence for each port that cannot be had; Docker's engine may have some that this user may not. */
export async function assertPortsFree(
  ports: Ports,
  wanted: readonly PortName[],
  { takenBy = "user" }: Taker = {},
): Promise<void> {
  const faults: string[] = [];
  for (const name of wanted) {
    const { variable, title } = table[name];
    const why = await whyTaken(ports[name]);
    if (why === "EACCES" && takenBy === "engine") continue;
    const advice = why === "EACCES" ? "may not be used by you: set" : "is in use: stop what holds it or set";
    if (why)
      faults.push(`port ${ports[name]} on 127.0.0.1, which ${title} needs, ${advice} ${variable} to another port.`);
  }
  refuse(faults);
}

/** Ports that are free now, for a stack of its own. */
export async function freePorts(): Promise<Ports> {
  const servers = await Promise.all(names.map(() => listen(0)));
  const found = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return mapped((name) => found[names.indexOf(name)]!);
}
