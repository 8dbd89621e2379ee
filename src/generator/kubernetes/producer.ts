import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { Kubernetes } from "../../core/config/kubernetes.ts";
import { LONGEST_STOP } from "../../core/stopping.ts";
import { inputEnvironment, inputSecrets, kafkaEnvironment, kafkaMount, kafkaVolume, values } from "./environment.ts";
import { labels, metadata } from "./names.ts";
import { podOf, spread } from "./pod.ts";
import { probes, statusAddress, statusPort } from "./probes.ts";
import { programs } from "./programs.ts";

/** Follows the input. The lease lets one replica at a time send; the other takes over unfinished work 15 s later. */
export const producer = (kubernetes: Kubernetes): IDeployment => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: metadata("producer"),
  spec: {
    replicas: 2,
    selector: { matchLabels: labels("producer") },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    template: podOf({
      component: "producer",
      image: kubernetes.image,
      pod: { terminationGracePeriodSeconds: LONGEST_STOP.value, topologySpreadConstraints: spread("producer") },
      volumes: [kafkaVolume],
      container: {
        command: [...programs.producer, "--follow"],
        env: [
          ...kafkaEnvironment,
          ...inputEnvironment(kubernetes),
          ...values({ INGEST_STATUS_ADDRESS: statusAddress("producer") }),
        ],
        envFrom: inputSecrets,
        ports: [statusPort("producer")],
        ...probes,
        resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "1", memory: "384Mi" } },
        volumeMounts: [kafkaMount],
      },
    }),
  },
});
