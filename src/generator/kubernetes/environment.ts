import type { IIoK8sApiCoreV1EnvFromSource } from "kubernetes-models/v1/EnvFromSource";
import type { IIoK8sApiCoreV1EnvVar } from "kubernetes-models/v1/EnvVar";
import type { IIoK8sApiCoreV1Volume } from "kubernetes-models/v1/Volume";
import type { Kubernetes } from "../../core/config/kubernetes.ts";
import { composeTarget } from "../targets.ts";
import { kafkaName, ports, secrets } from "./names.ts";

const AUTHORITY = "/etc/kafka-authority";

/** Plain values, as a container's environment. */
export const values = (of: Record<string, string>): IIoK8sApiCoreV1EnvVar[] =>
  Object.entries(of).map(([name, value]) => ({ name, value }));

export const bootstrap = `${kafkaName}-kafka-bootstrap:${ports.kafka}`;

/** How to reach Kafka: over TLS, with the user and the authority that Strimzi made. */
export const kafkaEnvironment: IIoK8sApiCoreV1EnvVar[] = [
  ...values({
    KAFKA_BROKERS: bootstrap,
    KAFKA_SECURITY_PROTOCOL: "SASL_SSL",
    KAFKA_SASL_MECHANISM: "SCRAM-SHA-512",
    KAFKA_SASL_USERNAME: kafkaName,
    KAFKA_SSL_CA_FILE: `${AUTHORITY}/ca.crt`,
  }),
  { name: "KAFKA_SASL_PASSWORD", valueFrom: { secretKeyRef: { name: secrets.kafkaPassword, key: "password" } } },
];
export const kafkaMount = { name: "kafka-authority", mountPath: AUTHORITY, readOnly: true };
export const kafkaVolume: IIoK8sApiCoreV1Volume = {
  name: "kafka-authority",
  secret: { secretName: secrets.kafkaAuthority, items: [{ key: "ca.crt", path: "ca.crt" }] },
};

/** Loki's service has the same name as in Compose. */
export const lokiEnvironment = values({ LOKI_URL: composeTarget.lokiUrl });

export const inputEnvironment = ({ input: { from, region, timezone } }: Kubernetes) =>
  values({ INGEST_FROM: from, AWS_REGION: region, LOGS_TIMEZONE: timezone });

/** Keys of the bucket, unless the service account has a role. */
export const inputSecrets: IIoK8sApiCoreV1EnvFromSource[] = [{ secretRef: { name: secrets.s3, optional: true } }];
