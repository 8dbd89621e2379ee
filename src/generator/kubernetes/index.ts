import type { Kubernetes } from "../../core/config/kubernetes.ts";
import type { Config } from "../../core/config/schema.ts";
import { GRAFANA_FOLDER } from "../../core/places.ts";
import { disruptionBudget } from "./disruption.ts";
import { forwarder } from "./forwarder.ts";
import { namespace, serviceAccount } from "./foundation.ts";
import { reconcile, report, reports } from "./jobs.ts";
import { brokers, cluster, kafkaTopics, user } from "./kafka/cluster.ts";
import { serviceMonitor, statusService } from "./monitoring.ts";
import { networkPolicies } from "./network-policies.ts";
import { producer } from "./producer.ts";
import { foldersOf, provisioning } from "./provisioning.ts";
import { scaling, scalingLogin } from "./scaling.ts";
import { grafanaValues } from "./values/grafana.ts";
import { lokiValues } from "./values/loki.ts";

/** A generated file: its path below `build/`, and what it holds. */
type KubernetesFile = readonly [path: string, content: object];

type Named = Readonly<{ kind: string; metadata?: Readonly<{ name?: string }> }>;

/** The objects of each folder, one a file. */
const objects = (config: Config, kubernetes: Kubernetes): Readonly<Record<string, readonly Named[]>> => ({
  foundation: [namespace(kubernetes), serviceAccount()],
  kafka: [cluster(config, kubernetes), brokers(config), user(), ...kafkaTopics(config)],
  producer: [producer(kubernetes), disruptionBudget("producer"), statusService("producer"), serviceMonitor("producer")],
  forwarder: [
    forwarder(kubernetes),
    scaling(config),
    scalingLogin(),
    disruptionBudget("forwarder"),
    statusService("forwarder"),
    serviceMonitor("forwarder"),
  ],
  jobs: [reconcile(kubernetes), report(kubernetes), reports()],
  network: networkPolicies(kubernetes),
});

/** `deployment.yaml`, or with its name where a folder has several of a kind: `networkpolicy-loki.yaml`. */
function fileOf({ kind, metadata }: Named, all: readonly Named[]): string {
  const isOnly = all.filter((other) => other.kind === kind).length === 1;
  return `${kind.toLowerCase()}${isOnly ? "" : `-${metadata?.name}`}.yaml`;
}

/** Everything for a cluster, when the configuration has one; `provisioned` are the files of `grafana-provisioning`. */
export function kubernetesFiles(config: Config, provisioned: readonly string[]): readonly KubernetesFile[] {
  const kubernetes = config.targets?.kubernetes;
  if (!kubernetes) return [];
  const files = Object.entries(objects(config, kubernetes)).flatMap(([folder, all]) =>
    all.map((object): KubernetesFile => [`${folder}/${fileOf(object, all)}`, object]),
  );
  const folders = foldersOf(provisioned);
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    namespace: kubernetes.namespace,
    resources: [`../${GRAFANA_FOLDER}`, ...files.map(([path]) => path)],
  };
  return [
    [`${GRAFANA_FOLDER}/kustomization.yaml`, provisioning(folders)],
    ["kubernetes/kustomization.yaml", kustomization],
    ...files.map(([path, object]): KubernetesFile => [`kubernetes/${path}`, object]),
    ["kubernetes/values/loki.yaml", lokiValues(config, kubernetes)],
    ["kubernetes/values/grafana.yaml", grafanaValues(kubernetes, [...folders.keys()])],
  ];
}
