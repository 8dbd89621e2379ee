import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { composeFile, composeServices } from "../../src/stack/compose-file.ts";
import { deployFolder } from "../../src/stack/paths.ts";
import { type Compose, violations } from "./rules.ts";

const read = (): Compose => parse(readFileSync(composeFile, "utf8"), { merge: true });
const without = (service: string, key: string) => (compose: Compose) => delete compose.services[service]![key];
const having = (service: string, values: Record<string, unknown>) => (compose: Compose) =>
  Object.assign(compose.services[service]!, values);

test.each(["zookeeper", "kraft"])("the shipped files break no rule with KAFKA_MODE=%s", (KAFKA_MODE) => {
  expect(violations({ ...read(), services: composeServices({ KAFKA_MODE }) as Compose["services"] })).toEqual([]);
});

test.each<[string, (compose: Compose) => unknown, string[]]>([
  [
    "no user",
    without("promtail", "user"),
    ["promtail runs as its image's user; give it a user in numbers that is not root's."],
  ],
  [
    "root by number",
    having("loki", { user: "0:0" }),
    ["loki runs as 0:0; give it a user in numbers that is not root's."],
  ],
  [
    "root by name",
    having("loki", { user: "root" }),
    ["loki runs as root; give it a user in numbers that is not root's."],
  ],
  [
    "a writable root",
    without("grafana", "read_only"),
    ["grafana has a writable root file system; set read_only: true."],
  ],
  [
    "a writable root, said",
    having("producer", { read_only: false }),
    ["producer has a writable root file system; set read_only: true."],
  ],
  [
    "new privileges",
    without("kafka", "security_opt"),
    ["kafka may gain privileges; set security_opt to no-new-privileges:true alone."],
  ],
  [
    "no seccomp",
    having("kafka", { security_opt: ["no-new-privileges:true", "seccomp:unconfined"] }),
    ["kafka may gain privileges; set security_opt to no-new-privileges:true alone."],
  ],
  ["all capabilities", having("mailpit", { cap_drop: [] }), ["mailpit keeps capabilities; set cap_drop: [ALL]."]],
  [
    "a capability",
    having("promtail", { cap_add: ["CHOWN"] }),
    ["promtail is given a part of the host by cap_add; remove it."],
  ],
  [
    "privileged",
    having("kafka", { privileged: true }),
    ["kafka is given a part of the host by privileged; remove it."],
  ],
  [
    "the host's processes",
    having("loki", { pid: "host", ipc: "host" }),
    ["loki is given a part of the host by pid, ipc; remove it."],
  ],
  [
    "the host's network",
    having("producer", { network_mode: "host" }),
    ["producer is given a part of the host by network_mode; remove it."],
  ],
  [
    "the engine's socket",
    having("promtail", { volumes: ["/var/run/docker.sock:/var/run/docker.sock"] }),
    ["promtail mounts /var/run/docker.sock of the host; mount named volumes and files of build/ only."],
  ],
  [
    "a folder of the host",
    having("loki", { volumes: [{ type: "bind", source: "/etc", target: "/x" }] }),
    ["loki mounts /etc of the host; mount named volumes and files of build/ only."],
  ],
  [
    "the settings' file",
    having("loki", { volumes: ["../deploy/.env:/x:ro"] }),
    ["loki mounts ../deploy/.env of the host; mount named volumes and files of build/ only."],
  ],
  [
    "a way out of build/",
    having("loki", { volumes: ["../build/../..:/x:ro"] }),
    ["loki mounts ../build/../.. of the host; mount named volumes and files of build/ only."],
  ],
  [
    "a volume that is the host's root",
    (compose) => {
      compose.volumes!["loki-data"] = { driver_opts: { type: "none", o: "bind", device: "/" } };
    },
    ["loki mounts loki-data of the host; mount named volumes and files of build/ only."],
  ],
  [
    "the host's groups",
    having("loki", { group_add: ["0"], uts: "host" }),
    ["loki is given a part of the host by uts, group_add; remove it."],
  ],
  ["no memory limit", without("kafka-init", "mem_limit"), ["kafka-init has no memory limit; set mem_limit."]],
  [
    "no limit of processes",
    having("zookeeper", { pids_limit: -1 }),
    ["zookeeper has no limit of processes; set pids_limit."],
  ],
  [
    "all addresses",
    having("loki", { ports: ["3100:3100"] }),
    ['loki publishes "3100:3100"; only port 3100 is published, on 127.0.0.1.'],
  ],
  [
    "another address",
    having("grafana", { ports: ["0.0.0.0:${GRAFANA_PORT:-3000}:3000"] }),
    ['grafana publishes "0.0.0.0:${GRAFANA_PORT:-3000}:3000"; only port 3000 is published, on 127.0.0.1.'],
  ],
  [
    "Kafka's inner listener",
    having("kafka", { ports: ["127.0.0.1:${KAFKA_PORT:-9092}:29092"] }),
    ['kafka publishes "127.0.0.1:${KAFKA_PORT:-9092}:29092"; only port 9092 is published, on 127.0.0.1.'],
  ],
  [
    "one port more",
    having("promtail", { ports: ["127.0.0.1:9080:9080"] }),
    [
      "promtail publishes a port; only grafana, loki, mailpit and kafka do.",
      "promtail is on internal networks alone, so its port or the outside cannot be reached; add the network edge.",
    ],
  ],
  ["the default network", without("loki", "networks"), ["loki is on Compose's default network; name its networks."]],
  [
    "a network that is not declared",
    having("kafka-init", { networks: ["pipeline", "pipelin"] }),
    [
      "kafka-init is on the network pipelin, which is not declared.",
      "kafka-init is on pipelin, which is not internal, but needs neither a port nor the outside.",
    ],
  ],
  [
    "a port on internal networks",
    having("loki", { networks: ["pipeline"] }),
    ["loki is on internal networks alone, so its port or the outside cannot be reached; add the network edge."],
  ],
  [
    "S3 out of reach",
    having("producer", { networks: ["pipeline"] }),
    ["producer is on internal networks alone, so its port or the outside cannot be reached; add the network edge."],
  ],
  [
    "a way out without need",
    having("promtail", { networks: ["pipeline", "edge"] }),
    ["promtail is on edge, which is not internal, but needs neither a port nor the outside."],
  ],
  [
    "a network that is no longer internal",
    (compose) => delete compose.networks!.coordination!.internal,
    ["zookeeper is on coordination, which is not internal, but needs neither a port nor the outside."],
  ],
  [
    "ZooKeeper in reach",
    having("zookeeper", { networks: ["pipeline"] }),
    ["zookeeper can be reached by kafka, kafka-init, loki, promtail, forwarder, grafana, producer; only kafka may."],
  ],
  [
    "a password in the file",
    (compose) => Object.assign(compose.services.grafana!.environment!, { GF_SECURITY_ADMIN_PASSWORD: "admin" }),
    ["grafana has a value for GF_SECURITY_ADMIN_PASSWORD in the file; take it from the environment."],
  ],
  [
    "a default key",
    (compose) =>
      Object.assign(compose.services.producer!.environment!, {
        AWS_SECRET_ACCESS_KEY: "${AWS_SECRET_ACCESS_KEY:-minio123}",
      }),
    ["producer has a value for AWS_SECRET_ACCESS_KEY in the file; take it from the environment."],
  ],
  [
    "a sender that Grafana does not start with",
    (compose) =>
      Object.assign(compose.services.grafana!.environment!, {
        GF_SMTP_FROM_ADDRESS: "${SMTP_FROM:-grafana@localhost}",
      }),
    [
      "grafana sends from grafana@localhost unless SMTP_FROM is set; Grafana does not start with a sender whose domain has no dot.",
    ],
  ],
  [
    "no sender",
    (compose) => delete compose.services.grafana!.environment!.GF_SMTP_FROM_ADDRESS,
    [
      "grafana sends from its own default unless SMTP_FROM is set; Grafana does not start with a sender whose domain has no dot.",
    ],
  ],
  [
    "a minute of mails to a stranger",
    (compose) => delete compose.services.grafana!.environment!.GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL,
    [
      "grafana polls its notifications every 60s; set GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL to 5s, or the first mails go to a stranger.",
    ],
  ],
  [
    "ten seconds of them",
    (compose) =>
      Object.assign(compose.services.grafana!.environment!, {
        GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL: "10s",
      }),
    [
      "grafana polls its notifications every 10s; set GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL to 5s, or the first mails go to a stranger.",
    ],
  ],
  [
    "mails without a text part",
    (compose) => delete compose.services.grafana!.environment!.GF_EMAILS_CONTENT_TYPES,
    ["grafana mails HTML alone; set GF_EMAILS_CONTENT_TYPES to text/html,text/plain."],
  ],
])("%s is refused", (_, spoil, sentences) => {
  const compose = read();
  spoil(compose);
  expect(violations(compose)).toEqual(sentences);
});

test("the choice of the collector changes the number of containers alone", () => {
  const { services } = parse(readFileSync(join(deployFolder, "collectors.yml"), "utf8"));
  for (const service of Object.values(services)) expect(Object.keys(service as object)).toEqual(["scale"]);
});
