import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { Kubernetes } from "../../core/config/kubernetes.ts";
import { inputEnvironment, inputSecrets, kafkaEnvironment, values } from "./environment.ts";
import { deployment } from "./pod.ts";
import { statusAddress } from "./probes.ts";
import { programs } from "./programs.ts";

/** Follows the input. The lease lets one replica at a time send; the other takes over unfinished work 15 s later. */
export const producer = (kubernetes: Kubernetes): IDeployment => {
  const status = values({ INGEST_STATUS_ADDRESS: statusAddress("producer") });
  return deployment("producer", {
    image: kubernetes.image,
    replicas: 2,
    container: {
      command: [...programs.producer, "--follow"],
      env: [...kafkaEnvironment, ...inputEnvironment(kubernetes), ...status],
      envFrom: inputSecrets,
      resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "1", memory: "384Mi" } },
    },
  });
};
