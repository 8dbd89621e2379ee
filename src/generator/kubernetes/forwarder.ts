import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { Kubernetes } from "../../core/config/kubernetes.ts";
import { kafkaEnvironment, lokiEnvironment, values } from "./environment.ts";
import { deployment } from "./pod.ts";
import { statusAddress } from "./probes.ts";
import { programs } from "./programs.ts";

/** Carries Kafka to Loki. KEDA says how many replicas; one that leaves hands its partitions to the others. */
export const forwarder = ({ image }: Kubernetes): IDeployment => {
  const status = values({ FORWARDER_STATUS_ADDRESS: statusAddress("forwarder") });
  return deployment("forwarder", {
    image,
    container: {
      command: [...programs.forwarder],
      env: [...kafkaEnvironment, ...lokiEnvironment, ...status],
      // Over a long backlog it was seen at 400 MB; its one thread uses no more than one core.
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1", memory: "768Mi" } },
    },
  });
};
