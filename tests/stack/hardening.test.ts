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

const setting = (service: string, values: Record<string, string>) => (compose: Compose) =>
  Object.assign(compose.services[service]!.environment!, values);
const unset = (variable: string) => (compose: Compose) => delete compose.services.grafana!.environment![variable];
const POLL = "GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL";

/** What a change of the file has said of it. */
const broken: Readonly<Record<string, (compose: Compose) => unknown>> = {
  "promtail runs as its image's user; give it a user in numbers that is not root's.": without("promtail", "user"),
  "loki runs as 0:0; give it a user in numbers that is not root's.": having("loki", { user: "0:0" }),
  "loki runs as root; give it a user in numbers that is not root's.": having("loki", { user: "root" }),
  "grafana has a writable root file system; set read_only: true.": without("grafana", "read_only"),
  "producer has a writable root file system; set read_only: true.": having("producer", { read_only: false }),
  "kafka may gain privileges; set security_opt to no-new-privileges:true alone.": without("kafka", "security_opt"),
  "loki may gain privileges; set security_opt to no-new-privileges:true alone.": having("loki", {
    security_opt: ["no-new-privileges:true", "seccomp:unconfined"],
  }),
  "mailpit keeps capabilities; set cap_drop: [ALL].": having("mailpit", { cap_drop: [] }),
  "promtail is given a part of the host by cap_add; remove it.": having("promtail", { cap_add: ["CHOWN"] }),
  "kafka is given a part of the host by privileged; remove it.": having("kafka", { privileged: true }),
  "loki is given a part of the host by pid, ipc; remove it.": having("loki", { pid: "host", ipc: "host" }),
  "producer is given a part of the host by network_mode; remove it.": having("producer", { network_mode: "host" }),
  "loki is given a part of the host by uts, group_add; remove it.": having("loki", { group_add: ["0"], uts: "host" }),
  "promtail mounts /var/run/docker.sock of the host; mount named volumes and files of build/ only.": having(
    "promtail",
    { volumes: ["/var/run/docker.sock:/var/run/docker.sock"] },
  ),
  "loki mounts /etc of the host; mount named volumes and files of build/ only.": having("loki", {
    volumes: [{ type: "bind", source: "/etc", target: "/x" }],
  }),
  "loki mounts ../deploy/.env of the host; mount named volumes and files of build/ only.": having("loki", {
    volumes: ["../deploy/.env:/x:ro"],
  }),
  "loki mounts ../build/../.. of the host; mount named volumes and files of build/ only.": having("loki", {
    volumes: ["../build/../..:/x:ro"],
  }),
  "loki mounts loki-data of the host; mount named volumes and files of build/ only.": (compose) => {
    compose.volumes!["loki-data"] = { driver_opts: { type: "none", o: "bind", device: "/" } };
  },
  "kafka-init has no memory limit; set mem_limit.": without("kafka-init", "mem_limit"),
  "zookeeper has no limit of processes; set pids_limit.": having("zookeeper", { pids_limit: -1 }),
  'loki publishes "3100:3100"; only port 3100 is published, on 127.0.0.1.': having("loki", { ports: ["3100:3100"] }),
  'grafana publishes "0.0.0.0:${GRAFANA_PORT:-3000}:3000"; only port 3000 is published, on 127.0.0.1.': having(
    "grafana",
    { ports: ["0.0.0.0:${GRAFANA_PORT:-3000}:3000"] },
  ),
  'kafka publishes "127.0.0.1:${KAFKA_PORT:-9092}:29092"; only port 9092 is published, on 127.0.0.1.': having("kafka", {
    ports: ["127.0.0.1:${KAFKA_PORT:-9092}:29092"],
  }),
  [[
    "promtail publishes a port; only grafana, loki, mailpit and kafka do.",
    "promtail is on internal networks alone, so its port or the outside cannot be reached; add the network edge.",
  ].join("\n")]: having("promtail", { ports: ["127.0.0.1:9080:9080"] }),
  "loki is on Compose's default network; name its networks.": without("loki", "networks"),
  [[
    "kafka-init is on the network pipelin, which is not declared.",
    "kafka-init is on pipelin, which is not internal, but needs neither a port nor the outside.",
  ].join("\n")]: having("kafka-init", { networks: ["pipeline", "pipelin"] }),
  "loki is on internal networks alone, so its port or the outside cannot be reached; add the network edge.": having(
    "loki",
    { networks: ["pipeline"] },
  ),
  "producer is on internal networks alone, so its port or the outside cannot be reached; add the network edge.": having(
    "producer",
    { networks: ["pipeline"] },
  ),
  "promtail is on edge, which is not internal, but needs neither a port nor the outside.": having("promtail", {
    networks: ["pipeline", "edge"],
  }),
  "zookeeper is on coordination, which is not internal, but needs neither a port nor the outside.": (compose) =>
    delete compose.networks!.coordination!.internal,
  "zookeeper can be reached by kafka, kafka-init, loki, promtail, forwarder, grafana, producer; only kafka may.":
    having("zookeeper", { networks: ["pipeline"] }),
  "grafana has a value for GF_SECURITY_ADMIN_PASSWORD in the file; take it from the environment.": setting("grafana", {
    GF_SECURITY_ADMIN_PASSWORD: "admin",
  }),
  "producer has a value for AWS_SECRET_ACCESS_KEY in the file; take it from the environment.": setting("producer", {
    AWS_SECRET_ACCESS_KEY: "${AWS_SECRET_ACCESS_KEY:-minio123}",
  }),
  "grafana sends from grafana@localhost unless SMTP_FROM is set; Grafana does not start with a sender whose domain has no dot.":
    setting("grafana", { GF_SMTP_FROM_ADDRESS: "${SMTP_FROM:-grafana@localhost}" }),
  "grafana sends from its own default unless SMTP_FROM is set; Grafana does not start with a sender whose domain has no dot.":
    unset("GF_SMTP_FROM_ADDRESS"),
  [`grafana polls its notifications every 60s; set ${POLL} to 5s, or the first mails go to a stranger.`]: unset(POLL),
  [`grafana polls its notifications every 10s; set ${POLL} to 5s, or the first mails go to a stranger.`]: setting(
    "grafana",
    { [POLL]: "10s" },
  ),
  "grafana mails HTML alone; set GF_EMAILS_CONTENT_TYPES to text/html,text/plain.": unset("GF_EMAILS_CONTENT_TYPES"),
};

test.each(Object.entries(broken))("%s", (sentences, spoil) => {
  const compose = read();
  spoil(compose);
  expect(violations(compose).join("\n")).toBe(sentences);
});

test("the choice of the collector changes the number of containers alone", () => {
  const { services } = parse(readFileSync(join(deployFolder, "collectors.yml"), "utf8"));
  for (const service of Object.values(services)) expect(Object.keys(service as object)).toEqual(["scale"]);
});
