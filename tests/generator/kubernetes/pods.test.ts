import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LEAVE_TIMEOUT, PUSH_TIMEOUT } from "../../../src/core/stopping.ts";
import { lastMonth } from "../../../src/generator/kubernetes/jobs.ts";
import { programs } from "../../../src/generator/kubernetes/programs.ts";
import { called } from "../../support/called.ts";
import { example } from "./example.ts";
import { type Document, find, pods } from "./support.ts";

const root = join(import.meta.dirname, "../../..");

describe.each(pods)("the pod of %s", (_name, { spec }) => {
  const [container] = spec.containers as Document[];

  test("is no root, writes nowhere but where it must, and can do nothing in the cluster", () => {
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(container!.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(spec.volumes.filter((volume: Document) => "hostPath" in volume)).toEqual([]);
  });

  test("states what it needs and what it may use", () => {
    expect(container!.resources.requests).toEqual({ cpu: expect.any(String), memory: expect.any(String) });
    expect(container!.resources.limits).toEqual({ cpu: expect.any(String), memory: expect.any(String) });
  });

  test("has secrets by reference alone", () => {
    const secret = (container!.env as Document[]).filter(({ name }) =>
      /PASSWORD(?!_FILE)|SECRET|TOKEN|ACCESS_KEY/.test(name),
    );
    expect(secret.filter(({ value, valueFrom }) => value !== undefined || !valueFrom?.secretKeyRef)).toEqual([]);
  });

  test("mounts every volume that it declares, and no other", () => {
    const names = (list: Document[]) => list.map(({ name }) => name).sort();
    expect(names(container!.volumeMounts)).toEqual(names(spec.volumes));
  });

  test("runs the product's image", () => expect(container!.image).toBe(example.targets.kubernetes.image));
});

test("every program is started as the image starts its own, and is a command", async () => {
  const dockerfile = readFileSync(join(root, "deploy/producer.Dockerfile"), "utf8");
  const entry = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)![1]!);
  for (const command of Object.values(programs)) {
    expect(command.slice(0, -1)).toEqual(entry);
    const { status, stdout } = await called([command.at(-1)!, "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: ");
  }
});

describe.each([
  ["forwarder", 9465, "FORWARDER_STATUS_ADDRESS"],
  ["producer", 9464, "INGEST_STATUS_ADDRESS"],
])("the %s", (name, port, variable) => {
  const { spec } = find("Deployment", name);
  const [container] = spec.template.spec.containers;

  test("is asked on /healthz, where it listens for others than itself", () => {
    for (const probe of ["readinessProbe", "livenessProbe"])
      expect(container[probe].httpGet).toEqual({ path: "/healthz", port: "status" });
    expect(container.ports).toEqual([{ name: "status", containerPort: port }]);
    expect(container.env).toContainEqual({ name: variable, value: `0.0.0.0:${port}` });
  });

  test("is ready as long as /healthz says so, and started again only after ten minutes", () => {
    const patience = ({ periodSeconds, failureThreshold }: Document) => periodSeconds * failureThreshold;
    expect(patience(container.readinessProbe)).toBeLessThanOrEqual(15);
    expect(patience(container.livenessProbe)).toBe(600);
  });

  test("may end a push and leave Kafka before it is killed", () =>
    expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(
      PUSH_TIMEOUT.value + LEAVE_TIMEOUT.value,
    ));

  test("loses one replica at a time, and spreads over machines and zones", () => {
    expect(find("PodDisruptionBudget", name).spec).toMatchObject({ maxUnavailable: 1, selector: spec.selector });
    const keys = spec.template.spec.topologySpreadConstraints.map(({ topologyKey }: Document) => topologyKey);
    expect(keys).toEqual(["kubernetes.io/hostname", "topology.kubernetes.io/zone"]);
  });

  test("is scraped where it answers", () => {
    const service = find("Service", name);
    const monitor = find("ServiceMonitor", name);
    expect(service.spec.selector).toEqual(spec.template.metadata.labels);
    expect(service.spec.ports).toEqual([{ name: "status", port, targetPort: "status" }]);
    expect(monitor.spec.selector.matchLabels).toEqual(service.metadata.labels);
    expect(monitor.spec.endpoints).toEqual([{ port: "status", path: "/metrics", interval: "30s" }]);
  });
});

test("two producers, of which the lease lets one at a time send", () =>
  expect(find("Deployment", "producer").spec.replicas).toBe(2));

test("KEDA says how many forwarders, by the lag of their group, one a partition at most", () => {
  expect(find("Deployment", "forwarder").spec).not.toHaveProperty("replicas");
  const { spec } = find("ScaledObject", "forwarder");
  expect(spec).toMatchObject({ scaleTargetRef: { name: "forwarder" }, minReplicaCount: 2, maxReplicaCount: 3 });
  expect(spec.triggers).toMatchObject([
    {
      type: "kafka",
      metadata: { consumerGroup: "promtail-consumer", topic: "ingestion-logs", allowIdleConsumers: "false" },
      authenticationRef: { name: "forwarder" },
    },
  ]);
  expect(find("TriggerAuthentication", "forwarder").spec.secretTargetRef).toEqual([
    { parameter: "password", name: "ingestion", key: "password" },
    { parameter: "ca", name: "ingestion-cluster-ca-cert", key: "ca.crt" },
  ]);
});

describe("the jobs", () => {
  test("a difference that reconcile found is not looked for again", () => {
    const { spec } = find("CronJob", "reconcile");
    expect(spec.schedule).toBe("15 4 * * *");
    const [rule] = spec.jobTemplate.spec.podFailurePolicy.rules;
    expect(rule).toMatchObject({ action: "FailJob", onExitCodes: { operator: "In", values: [1] } });
  });

  test.each([
    ["2026", "01", "2025-12-01 2026-01-01"],
    ["2026", "03", "2026-02-01 2026-03-01"],
    ["2026", "10", "2026-09-01 2026-10-01"],
    ["2026", "12", "2026-11-01 2026-12-01"],
  ])("in month %s-%s the report is that of the month before", (year, month, expected) => {
    const clock = `date() { case "$*" in "-u +%Y") echo ${year};; "-u +%m") echo ${month};; *) exit 3;; esac; }`;
    const { stdout, stderr } = spawnSync("sh", ["-euc", `${clock}\n${lastMonth}\necho "$from $to"`], {
      encoding: "utf8",
    });
    expect([stdout.trim(), stderr]).toEqual([expected, ""]);
  });

  test("the report goes to a volume that stays", () => {
    expect(find("PersistentVolumeClaim", "reports").spec.accessModes).toEqual(["ReadWriteOnce"]);
    const [container] = find("CronJob", "report").spec.jobTemplate.spec.template.spec.containers;
    expect(container.command.at(-1)).toMatch(/--from "\$from" --to "\$to" --out \/rapports$/);
    expect(container.volumeMounts).toContainEqual({ name: "reports", mountPath: "/rapports" });
  });
});
