import { config } from "../../../src/config.ts";
import type { Config } from "../../../src/core/config/schema.ts";

/**
 * A configuration for a cluster: the product's own, and where it runs. Copy `targets` into `src/config.ts` and put your
 * names.
 */
export const example = {
  ...config,
  targets: {
    kubernetes: {
      namespace: "ingestion",
      image: "registry.example.com/data/ingestion-monitoring:0.2.0",
      input: { from: "s3://my12data/logs/", region: "ca-central-1", timezone: "America/Toronto" },
      loki: { bucket: "my12data-loki", region: "ca-central-1", disk: "20Gi" },
      grafana: {
        url: "https://grafana.example.com/",
        database: { address: "postgres.example.com:5432", name: "grafana", user: "grafana" },
        mail: { smtp: "smtp.example.com:587", from: "grafana@example.com", to: "equipe-donnees@example.com" },
      },
      schedules: { reconcile: "15 4 * * *", report: "0 12 2 * *" },
      neighbours: { prometheus: "monitoring", keda: "keda", ingress: "ingress-nginx" },
    },
  },
} as const satisfies Config;
