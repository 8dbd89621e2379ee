import type { IIoK8sApiCoreV1Container } from "kubernetes-models/v1/Container";
import type { IIoK8sApiCoreV1PodTemplateSpec } from "kubernetes-models/v1/PodTemplateSpec";
import type { IIoK8sApiCoreV1Volume } from "kubernetes-models/v1/Volume";
import { type Component, labels } from "./names.ts";

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

/** Replicas on different machines and in different zones, as far as there are several. */
export const spread = (component: Component): NonNullable<PodSpec["topologySpreadConstraints"]> =>
  ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: labels(component) },
  }));
