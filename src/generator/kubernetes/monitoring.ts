import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import type { IService } from "kubernetes-models/v1/Service";
import { labels, metadata, type Service, statusPorts } from "./names.ts";

/** A name for the pods' status ports, which only Prometheus asks. */
export const statusService = (service: Service): IService => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: metadata(service),
  spec: {
    clusterIP: "None",
    // Who is unwell has metrics too.
    publishNotReadyAddresses: true,
    selector: labels(service),
    ports: [{ name: "status", port: statusPorts[service], targetPort: "status" }],
  },
});

export const serviceMonitor = (service: Service): IServiceMonitor => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: metadata(service),
  spec: {
    selector: { matchLabels: labels(service) },
    endpoints: [{ port: "status", path: "/metrics", interval: "30s" }],
  },
});
