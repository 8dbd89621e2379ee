import type { IIoK8sApiNetworkingV1NetworkPolicyPeer } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer";
import type { apart } from "../pod.ts";

/** What is used of Strimzi's custom resources (`kafka.strimzi.io/v1`), no more. */
type Resource<Kind extends string, Spec> = Readonly<{
  apiVersion: "kafka.strimzi.io/v1";
  kind: Kind;
  metadata: Readonly<{ name: string; labels?: Readonly<Record<string, string>> }>;
  spec: Spec;
}>;
type Settings = Readonly<Record<string, string | number | boolean>>;
type Amounts = Readonly<{ cpu: string; memory: string }>;

type Listener = Readonly<{
  name: string;
  port: number;
  type: "internal";
  tls: boolean;
  authentication: Readonly<{ type: "scram-sha-512" }>;
  networkPolicyPeers: readonly IIoK8sApiNetworkingV1NetworkPolicyPeer[];
}>;
type Volume = Readonly<{
  id: number;
  type: "persistent-claim";
  size: string;
  deleteClaim: boolean;
  kraftMetadata: "shared";
}>;
type Spread = Omit<ReturnType<typeof apart>, "whenUnsatisfiable"> &
  Readonly<{ whenUnsatisfiable: "ScheduleAnyway" | "DoNotSchedule" }>;

export type Kafka = Resource<
  "Kafka",
  Readonly<{
    kafka: Readonly<{ version: string; listeners: readonly Listener[]; config: Settings }>;
    entityOperator: Readonly<{ topicOperator: object; userOperator: object }>;
  }>
>;
export type KafkaNodePool = Resource<
  "KafkaNodePool",
  Readonly<{
    replicas: number;
    roles: readonly ("controller" | "broker")[];
    storage: Readonly<{ type: "jbod"; volumes: readonly Volume[] }>;
    resources: Readonly<{ requests: Amounts; limits: Amounts }>;
    template: Readonly<{ pod: Readonly<{ topologySpreadConstraints: readonly Spread[] }> }>;
  }>
>;
export type KafkaTopic = Resource<"KafkaTopic", Readonly<{ partitions: number; replicas: number; config: Settings }>>;
export type KafkaUser = Resource<"KafkaUser", Readonly<{ authentication: Readonly<{ type: "scram-sha-512" }> }>>;
export type Strimzi = Kafka | KafkaNodePool | KafkaTopic | KafkaUser;
