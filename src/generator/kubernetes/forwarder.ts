import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { Kubernetes } from "../../core/config/kubernetes.ts";
import { LONGEST_STOP } from "../../core/stopping.ts";
import { kafkaEnvironment, kafkaMount, kafkaVolume, lokiEnvironment, values } from "./environment.ts";
import { labels, metadata } from "./names.ts";
import { podOf, spread } from "./pod.ts";
import { probes, statusAddress, statusPort } from "./probes.ts";
import { programs } from "./programs.ts";

/** Carries Kafka to Loki. Its number of replicas is KEDA's to say. */
export const forwarder = ({ image }: Kubernetes): IDeployment => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: metadata("forwarder"),
  spec: {
    selector: { matchLabels: labels("forwarder") },
    // A forwarder that leaves hands its partitions to the others: one at a time.
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    template: podOf({
      component: "forwarder",
      image,
      pod: { terminationGracePeriodSeconds: LONGEST_STOP.value, topologySpreadConstraints: spread("forwarder") },
      volumes: [kafkaVolume],
      container: {
        command: [...programs.forwarder],
        env: [
          ...kafkaEnvironment,
          ...lokiEnvironment,
          ...values({ FORWARDER_STATUS_ADDRESS: statusAddress("forwarder") }),
        ],
        ports: [statusPort("forwarder")],
        ...probes,
        // Over a long backlog it was seen at 400 MB; its one thread uses no more than one core.
        resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1", memory: "768Mi" } },
        volumeMounts: [kafkaMount],
      },
    }),
  },
});
