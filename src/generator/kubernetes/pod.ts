import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { IIoK8sApiCoreV1Container } from "kubernetes-models/v1/Container";
import type { IIoK8sApiCoreV1PodTemplateSpec } from "kubernetes-models/v1/PodTemplateSpec";
import type { IIoK8sApiCoreV1Volume } from "kubernetes-models/v1/Volume";
import { LONGEST_STOP } from "../../core/stopping.ts";
import { kafkaMount, kafkaVolume } from "./environment.ts";
import { type Component, labels, metadata, type Service } from "./names.ts";
import { probes, statusPort } from "./probes.ts";

type Container = IIoK8sApiCoreV1Container;
type PodSpec = NonNullable<IIoK8sApiCoreV1PodTemplateSpec["spec"]>;

/** What a component adds to a pod of ours. */
export type Program = Readonly<{
  component: Component;
  image: string;
  container: Partial<Container>;
  volumes?: IIoK8sApiCoreV1Volume[];
  pod?: Partial<PodSpec>;
}>;

/** The user `node` of the image. */
const USER = 1000;

const podSecurity = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  seccompProfile: { type: "RuntimeDefault" },
} as const;
const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

/** A pod of the product's image: no root, nothing to write but `/tmp`, no capabilities, no access to the cluster. */
export const podOf = ({ component, image, container, volumes = [], pod }: Program): IIoK8sApiCoreV1PodTemplateSpec => ({
  metadata: { labels: labels(component) },
  spec: {
    serviceAccountName: "ingestion",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    ...pod,
    containers: [
      {
        name: component,
        image,
        imagePullPolicy: "IfNotPresent",
        securityContext: containerSecurity,
        ...container,
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }, ...(container.volumeMounts ?? [])],
      },
    ],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }, ...volumes],
  },
});

type Spread = NonNullable<PodSpec["topologySpreadConstraints"]>[number];
/** Pods apart on machines or in zones, as far as there are several. */
export const apart = (
  topologyKey: "kubernetes.io/hostname" | "topology.kubernetes.io/zone",
  matchLabels: Readonly<Record<string, string>>,
) =>
  ({ maxSkew: 1, topologyKey, whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels } }) satisfies Spread;

/** A service of ours that goes on: one replica leaves at a time, and has the time to end what it sends. */
export const deployment = (
  service: Service,
  { image, replicas, container }: Readonly<{ image: string; replicas?: number; container: Partial<Container> }>,
): IDeployment => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: metadata(service),
  spec: {
    ...(replicas !== undefined && { replicas }),
    selector: { matchLabels: labels(service) },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    template: podOf({
      component: service,
      image,
      pod: {
        terminationGracePeriodSeconds: LONGEST_STOP.value,
        topologySpreadConstraints: [
          apart("kubernetes.io/hostname", labels(service)),
          apart("topology.kubernetes.io/zone", labels(service)),
        ],
      },
      volumes: [kafkaVolume],
      container: { ...container, ports: [statusPort(service)], ...probes, volumeMounts: [kafkaMount] },
    }),
  },
});
