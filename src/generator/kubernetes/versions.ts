/**
 * The images of a cluster. Compose runs the same Loki and Grafana, and the same Kafka with KRaft, as a test says;
 * `kafka` is the version that Strimzi is told to run.
 */
export const images = { loki: "3.7.8", grafana: "12.4.10", kafka: "4.3.1" } as const;

/** Helm charts, by what they install: their address and version. */
export const charts = {
  loki: { address: "oci://ghcr.io/grafana-community/helm-charts/loki", version: "18.13.5" },
  grafana: { address: "oci://ghcr.io/grafana-community/helm-charts/grafana", version: "13.2.5" },
  strimzi: { address: "oci://quay.io/strimzi-helm/strimzi-kafka-operator", version: "1.2.0" },
  keda: { address: "https://kedacore.github.io/charts", version: "2.20.2" },
  prometheus: { address: "https://prometheus-community.github.io/helm-charts", version: "88.1.5" },
} as const;
