import type { IScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import type { ITriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication";
import type { Config } from "../../core/config/schema.ts";
import { consumerGroups, topics } from "../../core/topics.ts";
import { bootstrap } from "./environment.ts";
import { metadata, secrets } from "./names.ts";

/** How many waiting messages call for another forwarder: one carries as many in a second or less (docs/pipeline.md). */
const LAG = 20_000;

/** At most one forwarder a partition, which has one reader; at least two with two partitions, so that one is left. */
export const scaling = ({ kafka: { partitions } }: Pick<Config, "kafka">): IScaledObject => ({
  apiVersion: "keda.sh/v1alpha1",
  kind: "ScaledObject",
  metadata: metadata("forwarder"),
  spec: {
    scaleTargetRef: { name: "forwarder" },
    minReplicaCount: Math.min(2, partitions),
    maxReplicaCount: partitions,
    pollingInterval: 15,
    // Who joins or leaves makes all others pause: not more often than needed.
    advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 600 } } } },
    triggers: [
      {
        type: "kafka",
        metadata: {
          bootstrapServers: bootstrap,
          consumerGroup: consumerGroups.records,
          topic: topics.records,
          lagThreshold: String(LAG),
          offsetResetPolicy: "earliest",
          allowIdleConsumers: "false",
          sasl: "scram_sha512",
          tls: "enable",
        },
        authenticationRef: { name: "forwarder" },
      },
    ],
  },
});

/** How KEDA reaches Kafka: as the forwarder does, with the same secrets. */
export const scalingLogin = (): ITriggerAuthentication => ({
  apiVersion: "keda.sh/v1alpha1",
  kind: "TriggerAuthentication",
  metadata: metadata("forwarder"),
  spec: {
    env: [{ parameter: "username", name: "KAFKA_SASL_USERNAME", containerName: "forwarder" }],
    secretTargetRef: [
      { parameter: "password", name: secrets.kafkaPassword, key: "password" },
      { parameter: "ca", name: secrets.kafkaAuthority, key: "ca.crt" },
    ],
  },
});
