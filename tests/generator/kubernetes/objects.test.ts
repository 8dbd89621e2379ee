import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ScaledObject, TriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { CronJob } from "kubernetes-models/batch/v1/CronJob";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { Service } from "kubernetes-models/v1/Service";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { describe, expect, test } from "vitest";
import { config } from "../../../src/config.ts";
import { outputs } from "../../../src/generator/outputs.ts";
import { composeTarget } from "../../../src/generator/targets.ts";
import { type Document, files, kubernetesPaths, objects } from "./support.ts";

const models: Record<string, new (data: never) => { validate(): void }> = {
  CronJob,
  Deployment,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  ScaledObject,
  Service,
  ServiceAccount,
  ServiceMonitor,
  TriggerAuthentication,
};
const isStrimzi = ({ apiVersion }: Document) => apiVersion === "kafka.strimzi.io/v1";
const validate = (object: Document) => new models[object.kind]!(object as never).validate();

describe("every object", () => {
  test("is of a kind that its library knows, or of Strimzi", () => {
    const unknown = objects.filter((object) => !isStrimzi(object) && !(object.kind in models));
    expect(unknown.map(({ kind }) => kind)).toEqual([]);
  });

  const ownObjects = objects.filter((object) => !isStrimzi(object));
  test.each(ownObjects.map((object) => [object.kind, object.metadata.name, object] as const))(
    "%s %s is valid, and would not be with a text for its metadata",
    (_kind, _name, object) => {
      expect(() => validate(object)).not.toThrow();
      expect(() => validate({ ...object, metadata: "text" })).toThrow();
    },
  );

  test("has a name that no other of its kind has", () => {
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test("is none that holds a secret", () => expect(objects.filter(({ kind }) => kind === "Secret")).toEqual([]));
});

describe("a team without a cluster", () => {
  const plain = [...outputs(config, composeTarget).keys()];
  test("gets no file of it", () => expect(plain.filter((path) => /kubernetes|kustomization/.test(path))).toEqual([]));

  test("loads no library of it: src/ takes no more than their types", () => {
    const root = join(import.meta.dirname, "../../../src");
    const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    const imports = sources.flatMap((path) =>
      readFileSync(join(root, path), "utf8")
        .split("\n")
        .filter((line) => /["']@?kubernetes-models/.test(line)),
    );
    expect(imports.length).toBeGreaterThan(5);
    expect(imports.filter((line) => !line.startsWith("import type "))).toEqual([]);
  });

  test("shares every other file, byte for byte", () => {
    const shared = [...files].filter(([path]) => plain.includes(path));
    expect(new Map(shared)).toEqual(outputs(config, composeTarget));
    const own = [...files.keys()].filter((path) => !plain.includes(path));
    expect(own.sort()).toEqual([...kubernetesPaths, "grafana-provisioning/kustomization.yaml"].sort());
  });
});
