import type { Kubernetes } from "../../../core/config/kubernetes.ts";
import type { Config } from "../../../core/config/schema.ts";
import { brokerDisk } from "../../../core/kafka/disk.ts";
import { topicConfigs } from "../../../core/topics.ts";
import { versions } from "../../../core/versions.ts";
import { flows } from "../flows.ts";
import { kafkaName, ports } from "../names.ts";
import { peerOf, podLabels } from "../peers.ts";
import { apart } from "../pod.ts";
import type { Kafka, KafkaNodePool, KafkaTopic, KafkaUser } from "./strimzi.ts";

/** Each message stands on three brokers, and two must have it before it counts as sent. */
const BROKERS = 3;
const SAFE = 2;

const API = "kafka.strimzi.io/v1";
const ofCluster = (name: string) => ({ name, labels: { "strimzi.io/cluster": kafkaName } });

/** Who may come to the brokers: Strimzi's own policy lets them in, and nobody else. */
const clients = (kubernetes: Kubernetes) =>
  flows(kubernetes)
    .filter(({ to, ports: [port] }) => to === "kafka" && port === ports.kafka)
    .flatMap(({ from }) => peerOf(from, kubernetes) ?? []);

/** The cluster: KRaft, TLS, a user with a password. */
export const cluster = ({ retention }: Config, kubernetes: Kubernetes): Kafka => ({
  apiVersion: API,
  kind: "Kafka",
  metadata: { name: kafkaName },
  spec: {
    kafka: {
      version: versions.kafka,
      listeners: [
        {
          name: "tls",
          port: ports.kafka,
          type: "internal",
          tls: true,
          authentication: { type: "scram-sha-512" },
          networkPolicyPeers: clients(kubernetes),
        },
      ],
      config: {
        "auto.create.topics.enable": false,
        "default.replication.factor": BROKERS,
        "min.insync.replicas": SAFE,
        "offsets.topic.replication.factor": BROKERS,
        "transaction.state.log.replication.factor": BROKERS,
        "transaction.state.log.min.isr": SAFE,
        // A forwarder that was off for as long as Loki keeps its lines goes on where it stopped.
        "offsets.retention.minutes": Math.ceil(retention.value / 60),
      },
    },
    entityOperator: { topicOperator: {}, userOperator: {} },
  },
});

/** Three machines, each broker and controller at once, each in a zone of its own where there are three. */
export const brokers = ({ kafka }: Config): KafkaNodePool => ({
  apiVersion: API,
  kind: "KafkaNodePool",
  metadata: ofCluster("brokers"),
  spec: {
    replicas: BROKERS,
    roles: ["controller", "broker"],
    storage: {
      type: "jbod",
      volumes: [
        { id: 0, type: "persistent-claim", size: brokerDisk(kafka), deleteClaim: false, kraftMetadata: "shared" },
      ],
    },
    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { cpu: "2", memory: "2Gi" } },
    template: {
      pod: {
        topologySpreadConstraints: [
          { ...apart("kubernetes.io/hostname", podLabels.kafka), whenUnsatisfiable: "DoNotSchedule" },
          apart("topology.kubernetes.io/zone", podLabels.kafka),
        ],
      },
    },
  },
});

/** The topics, with the settings that they have on one machine. */
export const kafkaTopics = ({ kafka }: Config): readonly KafkaTopic[] =>
  topicConfigs(kafka).map(({ topic, numPartitions, configEntries = [] }) => ({
    apiVersion: API,
    kind: "KafkaTopic",
    metadata: ofCluster(topic),
    spec: {
      partitions: numPartitions ?? 1,
      replicas: BROKERS,
      config: {
        ...Object.fromEntries(configEntries.map(({ name, value }) => [name, value])),
        "min.insync.replicas": String(SAFE),
      },
    },
  }));

/** The one user. Strimzi makes its password, and keeps it in the secret of the same name. */
export const user = (): KafkaUser => ({
  apiVersion: API,
  kind: "KafkaUser",
  metadata: ofCluster(kafkaName),
  spec: { authentication: { type: "scram-sha-512" } },
});
