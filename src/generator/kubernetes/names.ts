/** What runs the product's own image. */
export type Component = "producer" | "forwarder" | "reconcile" | "report";

/** The Strimzi cluster, and its user, whose password and authority Strimzi keeps in these secrets. */
export const kafkaName = "ingestion";
export const secrets = {
  kafkaPassword: kafkaName,
  kafkaAuthority: `${kafkaName}-cluster-ca-cert`,
  /** Keys of the bucket, for those who have no role; may be absent. */
  s3: "ingestion-s3",
  lokiS3: "loki-s3",
  grafana: "grafana-secrets",
} as const;

export const ports = {
  kafka: 9093,
  loki: 3100,
  lokiGrpc: 9095,
  lokiGossip: 7946,
  grafana: 3000,
  grafanaGossip: 9094,
  s3: 443,
} as const;

/** Where the two services that go on answer `/healthz` and `/metrics`. */
export const statusPorts = { producer: 9464, forwarder: 9465 } as const;
export type Service = keyof typeof statusPorts;

/** The labels of a component's objects and pods. */
export const labels = (component: Component) => ({
  "app.kubernetes.io/name": "ingestion-monitoring",
  "app.kubernetes.io/component": component,
});

/** A name with its labels; kustomize adds the namespace. */
export const metadata = (component: Component) => ({ name: component, labels: labels(component) });

/** The release names of the two charts: `http://loki:3100` is then Loki's address, as in Compose. */
export const releases = { loki: "loki", grafana: "grafana" } as const;
