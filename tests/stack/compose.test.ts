import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { config } from "../../src/config.ts";
import { versions } from "../../src/core/versions.ts";
import { composeTarget } from "../../src/generator/targets.ts";
import { composeEnvironment, composeFile, composeServices } from "../../src/stack/compose-file.ts";
import { deployFolder } from "../../src/stack/paths.ts";
import { portsFrom } from "../../src/stack/ports.ts";

type Mount = string | { source: string; target: string; read_only: boolean };
type Service = {
  image?: string;
  build?: object;
  restart: string;
  ports?: string[];
  volumes?: Mount[];
  healthcheck?: object;
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string>;
  extends?: { file: string; service: string };
  scale?: number;
};
const read = (file: string) => parse(readFileSync(file, "utf8"), { merge: true });
const { name, volumes } = read(composeFile) as { name: string; volumes: Record<string, unknown> };
const services = composeServices() as Record<string, Service>;
const kraft = composeServices({ KAFKA_MODE: "kraft" }) as Record<string, Service>;
const oneShots = ["kafka-init"];
const entries = [...Object.entries(services), ["kafka", kraft.kafka!] as const];
const mounts = [...Object.values(services), kraft.kafka!].flatMap((service) => service.volumes ?? []);

test("the project and its services", () => {
  expect(name).toBe("data-ingestion");
  const names = "zookeeper, kafka, kafka-init, loki, promtail, forwarder, grafana, mailpit, producer";
  expect(Object.keys(services).join(", ")).toBe(names);
});

test("the producer is not part of a plain `up`, follows when it is brought up, and is given time to finish its batch", () => {
  expect(services.producer).toMatchObject({ profiles: ["ingest"], command: ["--follow"], stop_grace_period: "30s" });
});

test("ports are published on the loopback only, and each can be changed", () => {
  const published = Object.values(services).flatMap((service) => service.ports ?? []);
  const ports = { GRAFANA: 3000, KAFKA: 9092, LOKI: 3100, MAILPIT: 8025 };
  expect(published.sort()).toEqual(
    Object.entries(ports).map(([name, port]) => `127.0.0.1:\${${name}_PORT:-${port}}:${port}`),
  );
});

test("Kafka keeps the offsets of a collector that is off as long as Loki keeps its lines", () => {
  for (const kafka of [services.kafka!, kraft.kafka!]) {
    const minutes = Number(kafka.environment!.KAFKA_OFFSETS_RETENTION_MINUTES);
    expect(minutes * 60, "KAFKA_OFFSETS_RETENTION_MINUTES of the Compose file").toBeGreaterThanOrEqual(
      config.retention.value,
    );
  }
});

test("the defaults of the published ports are the launcher's", () => {
  const { grafana, kafka, loki, mailpit } = portsFrom({});
  expect([grafana, kafka, loki, mailpit]).toEqual([3000, 9092, 3100, 8025]);
});

describe.each(entries)("%s", (service, { image, build, restart, depends_on }) => {
  test("its image is pinned to a full version, or built here", () => {
    if (build) expect(image).toBeUndefined();
    else expect(image).toMatch(/^[\w-]+\/[\w-]+:v?\d+\.\d+\.\d+$/);
  });

  test("it comes back after a crash, unless it is a one-shot", () => {
    expect(restart).toBe(oneShots.includes(service) ? "no" : "unless-stopped");
  });

  test("it waits for health or completion, which the other service can show", () => {
    const others = Object.entries(depends_on ?? {});
    const ends = (other: string) => (oneShots.includes(other) ? "service_completed_successfully" : "service_healthy");
    expect(others.map(([other, { condition }]) => [other, condition])).toEqual(
      others.map(([other]) => [other, ends(other)]),
    );
    expect(others.filter(([other]) => !oneShots.includes(other) && !services[other]?.healthcheck)).toEqual([]);
  });
});

test("of Promtail and the forwarder one runs, Promtail unless COLLECTOR says otherwise", () => {
  const scales: Record<string, { scale: number }> = read(join(deployFolder, "collectors.yml")).services;
  for (const service of ["promtail", "forwarder"]) {
    expect(services[service]?.extends).toEqual({
      file: "collectors.yml",
      service: `${service}-with-\${COLLECTOR:-promtail}`,
    });
    for (const chosen of ["promtail", "forwarder"])
      expect(scales[`${service}-with-${chosen}`]).toEqual({ scale: service === chosen ? 1 : 0 });
  }
});

test("with KAFKA_MODE=kraft Kafka runs without ZooKeeper, in the version of the native stack, on data of its own", () => {
  expect([services.zookeeper?.scale, kraft.zookeeper?.scale]).toEqual([1, 0]);
  expect([services.kafka?.depends_on, kraft.kafka?.depends_on]).toEqual([
    { zookeeper: { condition: "service_healthy" } },
    undefined,
  ]);
  const pom = readFileSync(join(deployFolder, "native", "kafka-kraft", "pom.xml"), "utf8");
  const version = /<kafka\.version>(.+)</.exec(pom)?.[1];
  expect(kraft.kafka?.image).toBe(`apache/kafka:${version}`);
  const variables = Object.keys(kraft.kafka!.environment!);
  const different = variables.filter((variable) => !(variable in services.kafka!.environment!));
  const ofKraft = /^(CLUSTER_ID|KAFKA_(NODE_ID|PROCESS_ROLES|CONTROLLER_\w+|LOG_DIRS))$/;
  for (const variable of different) expect(variable).toMatch(ofKraft);
  expect(variables.join()).not.toContain("ZOOKEEPER");
});

test("every volume is named, declared and used, ZooKeeper's data and log too", () => {
  const named = mounts.filter((mount) => typeof mount === "string").map((mount) => mount.split(":")[0]!);
  const all = "grafana-data, kafka-data, kafka-kraft-data, loki-data, promtail-data, zookeeper-data, zookeeper-log";
  expect(named.sort().join(", ")).toBe(all);
  expect(Object.keys(volumes).sort()).toEqual(named);
});

test("everything else that is mounted is generated, and read-only", () => {
  const bound = mounts.filter((mount) => typeof mount !== "string");
  expect(bound.map(({ source }) => source)).toEqual([
    "../build/loki-config.yml",
    "../build/promtail-config.yml",
    "../build/grafana-provisioning",
  ]);
  expect(bound.every((mount) => mount.read_only)).toBe(true);
});

test("the generated configuration finds its folders and addresses in the containers", () => {
  const mountedAt = (service: string) =>
    services[service]?.volumes?.map((mount) => (typeof mount === "string" ? mount.split(":")[1] : mount.target));
  expect(mountedAt("loki")).toContain(composeTarget.lokiData);
  expect(mountedAt("promtail")).toContain(join(composeTarget.promtailPositions, ".."));
  expect(composeTarget.dashboardsFolder.startsWith("/etc/grafana/provisioning/")).toBe(true);
  expect(mountedAt("grafana")).toContain("/etc/grafana/provisioning");
  expect(composeEnvironment("kafka").KAFKA_ADVERTISED_LISTENERS).toContain(`INSIDE://${composeTarget.kafkaBroker}`);
});

test("Kafka's outer listener follows its port", () => {
  expect(composeEnvironment("kafka", { KAFKA_PORT: "4092" }).KAFKA_ADVERTISED_LISTENERS).toBe(
    "INSIDE://kafka:29092,OUTSIDE://127.0.0.1:4092",
  );
});

test("Grafana: a required password, no anonymous access, mail to the catcher unless told otherwise", () => {
  expect(services.grafana?.environment?.GF_SECURITY_ADMIN_PASSWORD).toMatch(/^\$\{GRAFANA_ADMIN_PASSWORD:\?/);
  expect(composeEnvironment("grafana")).toMatchObject({
    GF_AUTH_ANONYMOUS_ENABLED: "false",
    GF_SMTP_HOST: "mailpit:1025",
    GF_SMTP_FROM_ADDRESS: "grafana@ingestion.localhost",
    ALERT_EMAIL_TO: "equipe-donnees@localhost",
  });
  expect(composeEnvironment("grafana", { SMTP_HOST: "smtp.example.com:587" })).toMatchObject({
    GF_SMTP_HOST: "smtp.example.com:587",
  });
});

test("every variable of the files is in the example, and no other", () => {
  const example = readFileSync(join(deployFolder, ".env.example"), "utf8");
  const shown = [...example.matchAll(/^(?:# )?([A-Z]\w+)=/gm)].map(([, variable]) => variable!);
  const expanded = [...readFileSync(composeFile, "utf8").matchAll(/\$\{(\w+)/g)].map(([, variable]) => variable!);
  const passed = Object.entries(services.producer?.environment ?? {}).flatMap(([variable, value]) =>
    value === null ? [variable] : [],
  );
  const nativeServices = ["ZOOKEEPER", "KAFKA_CONTROLLER", "LOKI_GRPC", "PROMTAIL", "FORWARDER", "S3", "PRODUCER"];
  const nativeOnly = nativeServices.map((name) => `${name}_PORT`);
  const sasl = ["MECHANISM", "USERNAME", "PASSWORD", "PASSWORD_FILE"].map((name) => `KAFKA_SASL_${name}`);
  const tls = ["CA_FILE", "CERT_FILE", "KEY_FILE"].map((name) => `KAFKA_SSL_${name}`);
  const otherKafka = ["KAFKA_SECURITY_PROTOCOL", ...sasl, ...tls];
  expect(shown.toSorted()).toEqual([...new Set([...expanded, ...passed, ...nativeOnly, ...otherKafka])].toSorted());
});

test("the file of the tests has a project of its own", () => {
  const file = read(join(deployFolder, "docker-compose.test.yml"));
  expect(file.name).not.toBe(name);
  expect(file.services.s3.image).toMatch(/:v\d+\.\d+\.\d+$/);
});

test("the S3 server in the tests' container is the one of the native stack", () => {
  const { services: tested } = read(join(deployFolder, "docker-compose.test.yml"));
  expect(readFileSync(join(deployFolder, "native", "versitygw", "go.mod"), "utf8")).toContain(
    `github.com/versity/versitygw ${tested.s3.image.split(":")[1]}`,
  );
});

test("the versions that are asked for, here and in a cluster, are those of the containers", () => {
  const images = [services.loki, services.promtail, services.grafana, kraft.kafka].map((service) => service?.image);
  const { loki, promtail, grafana, kafka } = versions;
  const names = [`grafana/loki:${loki}`, `grafana/promtail:${promtail}`, `grafana/grafana:${grafana}`];
  expect(images).toEqual([...names, `apache/kafka:${kafka}`]);
});

test("nothing here builds or fetches Loki or Promtail", () => {
  const files = readdirSync(join(deployFolder, "native"), { recursive: true, encoding: "utf8" });
  const modules = files.filter((file) => /go\.(mod|sum)$/.test(file));
  expect(modules.length).toBeGreaterThan(2);
  for (const file of modules)
    expect(readFileSync(join(deployFolder, "native", file), "utf8")).not.toContain("github.com/grafana/");
});
