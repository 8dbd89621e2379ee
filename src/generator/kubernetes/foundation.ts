import type { INamespace } from "kubernetes-models/v1/Namespace";
import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import type { Kubernetes } from "../../core/config/kubernetes.ts";

/** The namespace. Strimzi's pods are no more than `baseline`; who breaks `restricted` is told. */
export const namespace = ({ namespace: name }: Kubernetes): INamespace => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name,
    labels: { "pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/warn": "restricted" },
  },
});

/** Who the product's pods are. A role for the bucket is an annotation on it; it has no rights in the cluster. */
export const serviceAccount = (): IServiceAccount => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: "ingestion", labels: { "app.kubernetes.io/name": "ingestion-monitoring" } },
  automountServiceAccountToken: false,
});
