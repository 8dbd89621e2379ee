import type { IIoK8sApiCoreV1Container } from "kubernetes-models/v1/Container";
import { type Service, statusPorts } from "./names.ts";

/** How long a service may be unwell before a restart: an outage of Loki or S3 is waited for, not mended by it. */
const LIVENESS_S = 600;

const healthz = { httpGet: { path: "/healthz", port: "status" }, timeoutSeconds: 5 };

/** Ready while `/healthz` answers 200; started again when it has not for ten minutes. */
export const probes = {
  readinessProbe: { ...healthz, periodSeconds: 5, failureThreshold: 3 },
  livenessProbe: { ...healthz, periodSeconds: 30, failureThreshold: LIVENESS_S / 30 },
} satisfies Partial<IIoK8sApiCoreV1Container>;

/** The port that `/healthz` and `/metrics` answer on. */
export const statusPort = (service: Service) => ({ name: "status", containerPort: statusPorts[service] });

/** The address to listen on: the pod's, so that the kubelet and Prometheus reach it. */
export const statusAddress = (service: Service) => `0.0.0.0:${statusPorts[service]}`;
