import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { config } from "../../../src/config.ts";
import fixture from "./chart-keys.json" with { type: "json" };
import { type Document, documentOf, files, kubernetesPaths } from "./support.ts";

const root = join(import.meta.dirname, "../../..");
const read = (path: string) => parse(readFileSync(join(root, path), "utf8"), { merge: true });
const loki = documentOf("kubernetes/values/loki.yaml");
const grafana = documentOf("kubernetes/values/grafana.yaml");

/** The keys of the values, each down to where the chart hands them on as they are. */
function keysOf(values: Document, chartKeys: readonly string[], above = ""): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const key = `${above}${name}`;
    const isWhole = chartKeys.includes(key) || typeof value !== "object" || Array.isArray(value);
    return isWhole ? [key] : keysOf(value, chartKeys, `${key}.`);
  });
}

describe.each([
  ["loki", loki],
  ["grafana", grafana],
] as const)("the values of the %s chart", (name, values) => {
  const { keys } = fixture[name];
  test("name no key that was not looked up in the chart", () => {
    expect(keysOf(values, keys).sort()).toEqual(keys);
  });
});

describe("Loki", () => {
  const onOneMachine = read("build/loki-config.yml");

  test("has the limits, the retention and the streams of one machine", () => {
    expect(loki.loki.limits_config).toEqual(onOneMachine.limits_config);
    expect(loki.loki.limits_config.retention_period).toBe(`${config.retention.value / 3600}h`);
    expect(loki.loki.ingester).toEqual(onOneMachine.ingester);
    expect(loki.loki.auth_enabled).toBe(onOneMachine.auth_enabled);
  });

  test("three times the same, each line on all three, on a bucket", () => {
    expect(loki).toMatchObject({
      deploymentMode: "Monolithic",
      singleBinary: { replicas: 3 },
      read: { replicas: 0 },
      write: { replicas: 0 },
      backend: { replicas: 0 },
    });
    expect(loki.loki.commonConfig.replication_factor).toBe(3);
    expect(loki.loki.storage).toMatchObject({ type: "s3", bucketNames: { chunks: "my12data-loki" } });
    const [schema] = loki.loki.schemaConfig.configs;
    expect(schema).toEqual({ ...onOneMachine.schema_config.configs[0], object_store: "s3" });
    expect(loki.loki.compactor).toMatchObject({ retention_enabled: true, delete_request_store: "s3" });
  });
});

describe("Grafana", () => {
  const ini = grafana["grafana.ini"];

  test("has the settings of Compose, but for those of the place", () => {
    const environment: Record<string, string> = read("deploy/docker-compose.yml").services.grafana.environment;
    const ofPlace =
      /^GF_(SECURITY_ADMIN|SERVER_ROOT_URL|SECURITY_COOKIE_SECURE|SMTP_(HOST|USER|PASSWORD|FROM_ADDRESS|STARTTLS_POLICY))/;
    const sections = Object.keys(ini);
    const settings = Object.entries(environment).filter(([name]) => name.startsWith("GF_") && !ofPlace.test(name));
    for (const [name, value] of settings) {
      const key = name.slice(3).toLowerCase();
      const section = sections.find((candidate) => key.startsWith(`${candidate.replace(".", "_")}_`));
      const setting = section && ini[section][key.slice(section.length + 1)];
      expect([name, String(setting)]).toEqual([name, value]);
    }
    expect(settings.length).toBeGreaterThan(8);
  });

  test("two replicas know each other, so that no mail comes twice, and share a database", () => {
    expect(grafana).toMatchObject({ replicas: 2, headlessService: true });
    expect(ini.unified_alerting).toMatchObject({ enabled: true, ha_peers: "grafana-headless:9094" });
    expect(ini.database).toMatchObject({ type: "postgres", host: "postgres.example.com:5432", ssl_mode: "require" });
  });

  test("takes its passwords from secrets", () => {
    const existingSecret = "grafana-secrets";
    expect(grafana.admin).toEqual({ existingSecret, userKey: "admin-user", passwordKey: "admin-password" });
    expect(grafana.smtp).toEqual({ existingSecret, userKey: "smtp-user", passwordKey: "smtp-password" });
    const { secretKeyRef } = grafana.envValueFrom.GF_DATABASE_PASSWORD;
    expect(secretKeyRef).toEqual({ name: existingSecret, key: "database-password" });
    expect(JSON.stringify(ini)).not.toMatch(/password/i);
  });

  test("reads the ConfigMaps where it looks for its provisioning", () => {
    const { configMapGenerator, generatorOptions } = documentOf("grafana-provisioning/kustomization.yaml");
    expect(generatorOptions).toEqual({ disableNameSuffixHash: true });
    const generated = configMapGenerator.map(({ name }: Document) => name);
    expect(grafana.extraConfigmapMounts.map(({ configMap }: Document) => configMap)).toEqual(generated);
    const { providers } = parse(files.get("grafana-provisioning/dashboards/dashboards.yml")!);
    const places = grafana.extraConfigmapMounts.map(({ mountPath }: Document) => mountPath);
    expect(places).toContain(providers[0].options.path);
  });
});

describe("no generated file repeats another", () => {
  test("every file of grafana-provisioning is in one ConfigMap, by its path", () => {
    const { configMapGenerator } = documentOf("grafana-provisioning/kustomization.yaml");
    const listed = configMapGenerator.flatMap(({ files }: Document) =>
      files.map((path: string) => `grafana-provisioning/${path}`),
    );
    const provisioned = [...files.keys()].filter((path) => /^grafana-provisioning\/.+\//.test(path));
    expect(listed.sort()).toEqual(provisioned.sort());
    const { resources } = documentOf("kubernetes/kustomization.yaml");
    expect(resources).toContain("../grafana-provisioning");
  });

  test("and what they say is in no file of the cluster", () => {
    const cluster = kubernetesPaths.map((path) => files.get(path)).join("\n");
    const texts = ["1-ingestion-health", "1-echec-detecte", "count_over_time", "Échecs"];
    for (const text of texts) {
      expect(
        [...files].some(([path, content]) => path.startsWith("grafana-provisioning") && content.includes(text)),
      ).toBe(true);
      expect([text, cluster.includes(text)]).toEqual([text, false]);
    }
  });

  test("the kustomization names every file of objects", () => {
    const { resources } = documentOf("kubernetes/kustomization.yaml");
    const objects = kubernetesPaths.filter(
      (path) => !path.includes("/values/") && !path.endsWith("kustomization.yaml"),
    );
    expect(resources.slice(1)).toEqual(objects.map((path) => path.slice("kubernetes/".length)));
  });
});
