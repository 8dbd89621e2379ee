import type { Config } from "../../core/config/schema.ts";
import { disruptionBudget } from "./disruption.ts";
import { forwarder } from "./forwarder.ts";
import { namespace, serviceAccount } from "./foundation.ts";
import { reconcile, report, reports } from "./jobs.ts";
import { brokers, cluster, kafkaTopics, user } from "./kafka/cluster.ts";
import { serviceMonitor, statusService } from "./monitoring.ts";
import { networkPolicies } from "./network-policies.ts";
import { producer } from "./producer.ts";
import { provisioning } from "./provisioning.ts";
import { scaling, scalingLogin } from "./scaling.ts";
import { grafanaValues } from "./values/grafana.ts";
import { lokiValues } from "./values/loki.ts";

/** A generated file: its path below `build/`, and its YAML documents. */
export type KubernetesFile = readonly [path: string, documents: readonly object[]];

/** The objects, by the file that holds them. */
const objects = (config: Config, kubernetes: NonNullable<NonNullable<Config["targets"]>["kubernetes"]>) => ({
  "foundation.yaml": [namespace(kubernetes), serviceAccount()],
  "kafka.yaml": [cluster(config, kubernetes), brokers(config), user(), ...kafkaTopics(config)],
  "producer.yaml": [
    producer(kubernetes),
    disruptionBudget("producer"),
    statusService("producer"),
    serviceMonitor("producer"),
  ],
  "forwarder.yaml": [
    forwarder(kubernetes),
    scaling(config),
    scalingLogin(),
    disruptionBudget("forwarder"),
    statusService("forwarder"),
    serviceMonitor("forwarder"),
  ],
  "reconcile.yaml": [reconcile(kubernetes)],
  "report.yaml": [report(kubernetes), reports()],
  "network-policies.yaml": networkPolicies(kubernetes),
});

const folderOf = (path: string) => path.split("/")[1]!;

/** Everything for a cluster, when the configuration has one; `built` are the files that it shares with one machine, those of Grafana in `grafana`. */
export function kubernetesFiles(config: Config, grafana: string, built: readonly string[]): readonly KubernetesFile[] {
  const kubernetes = config.targets?.kubernetes;
  if (!kubernetes) return [];
  const files = objects(config, kubernetes);
  const folders = [...new Set(built.filter((path) => path.startsWith(`${grafana}/`)).map(folderOf))];
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    namespace: kubernetes.namespace,
    resources: [`../${grafana}`, ...Object.keys(files)],
  };
  return [
    [`${grafana}/kustomization.yaml`, [provisioning(grafana, built)]],
    ["kubernetes/kustomization.yaml", [kustomization]],
    ...Object.entries(files).map(([name, documents]): KubernetesFile => [`kubernetes/${name}`, documents]),
    ["kubernetes/values/loki.yaml", [lokiValues(config, kubernetes)]],
    ["kubernetes/values/grafana.yaml", [grafanaValues(kubernetes, folders)]],
  ];
}
