/** Helm charts, by what they install: their address and version. */
export const charts = {
  loki: { address: "oci://ghcr.io/grafana-community/helm-charts/loki", version: "18.13.5" },
  grafana: { address: "oci://ghcr.io/grafana-community/helm-charts/grafana", version: "13.2.5" },
  strimzi: { address: "oci://quay.io/strimzi-helm/strimzi-kafka-operator", version: "1.2.0" },
  keda: { address: "https://kedacore.github.io/charts", version: "2.20.2" },
  prometheus: { address: "https://prometheus-community.github.io/helm-charts", version: "88.1.5" },
} as const;
