/** The versions that run, as containers of Compose or of a cluster, or as programs of the machine. */
export const versions = { loki: "3.7.8", promtail: "3.6.15", grafana: "12.4.10", kafka: "4.3.1" } as const;
