/** The images and charts of a cluster, in one place. Compose runs the same Loki and Grafana, as a test says. */
export const images = { loki: "3.7.8", grafana: "12.4.10" } as const;

/** Helm charts, by what they install. */
export const charts = {
  loki: { address: "oci://ghcr.io/grafana-community/helm-charts/loki", version: "18.13.5" },
  grafana: { address: "oci://ghcr.io/grafana-community/helm-charts/grafana", version: "13.2.5" },
  strimzi: { address: "oci://quay.io/strimzi-helm/strimzi-kafka-operator", version: "1.1.0" },
} as const;
