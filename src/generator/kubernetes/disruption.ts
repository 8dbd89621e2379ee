import type { IPodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { labels, metadata, type Service } from "./names.ts";

/** One replica may go at a time, an unwell one at any time: else an outage would keep machines from being emptied. */
export const disruptionBudget = (service: Service): IPodDisruptionBudget => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: metadata(service),
  spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: labels(service) } },
});
