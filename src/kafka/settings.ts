import { readFileSync } from "node:fs";
import type { KafkaConfig, SASLOptions } from "kafkajs";
import { z } from "../libraries.ts";

/** A Kafka setting that cannot be used; its message is one sentence for the user. */
export class KafkaSettingsError extends Error {}

/** The part of a kafkajs configuration that the environment decides. */
export type KafkaSettings = Readonly<Pick<KafkaConfig, "ssl" | "sasl"> & { brokers: string[] }>;

const protocols = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] as const;
const mechanisms = { PLAIN: "plain", "SCRAM-SHA-256": "scram-sha-256", "SCRAM-SHA-512": "scram-sha-512" } as const;
const names = Object.keys(mechanisms) as (keyof typeof mechanisms)[];

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const result = z.enum(allowed as [T, ...T[]]).safeParse(value);
  if (!result.success) throw new KafkaSettingsError(`${name} is "${value}"; set it to ${allowed.join(", ")}.`);
  return result.data;
}

function fileOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const path = env[name];
  if (!path) return undefined;
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new KafkaSettingsError(`${name} names ${path}, which cannot be read (${(cause as NodeJS.ErrnoException).code}); check the path and its rights.`, {
      cause,
    });
  }
}

function saslOf(env: NodeJS.ProcessEnv): SASLOptions {
  const mechanism = mechanisms[oneOf("KAFKA_SASL_MECHANISM", env.KAFKA_SASL_MECHANISM || "PLAIN", names)];
  const username = env.KAFKA_SASL_USERNAME;
  const password = env.KAFKA_SASL_PASSWORD || fileOf(env, "KAFKA_SASL_PASSWORD_FILE");
  if (!username) throw new KafkaSettingsError("KAFKA_SECURITY_PROTOCOL asks for SASL, but KAFKA_SASL_USERNAME is empty; set it.");
  if (!password) throw new KafkaSettingsError("KAFKA_SECURITY_PROTOCOL asks for SASL, but KAFKA_SASL_PASSWORD is empty; set it, or KAFKA_SASL_PASSWORD_FILE.");
  return { mechanism, username, password } as SASLOptions;
}

/** Where Kafka is and how to speak to it, from `KAFKA_BROKERS`, `KAFKA_SECURITY_PROTOCOL`, `KAFKA_SASL_*` and `KAFKA_SSL_*`; throws a `KafkaSettingsError`. */
export function kafkaSettings(env: NodeJS.ProcessEnv): KafkaSettings {
  const brokers = (env.KAFKA_BROKERS || "127.0.0.1:9092")
    .split(",")
    .map((broker) => broker.trim())
    .filter((broker) => broker !== "");
  const protocol = oneOf("KAFKA_SECURITY_PROTOCOL", env.KAFKA_SECURITY_PROTOCOL || "PLAINTEXT", protocols);
  const ca = fileOf(env, "KAFKA_SSL_CA_FILE");
  const [cert, key] = [fileOf(env, "KAFKA_SSL_CERT_FILE"), fileOf(env, "KAFKA_SSL_KEY_FILE")];
  if ((cert === undefined) !== (key === undefined))
    throw new KafkaSettingsError("KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE go together; set both or neither.");
  return {
    brokers,
    ...(protocol.endsWith("SSL") && { ssl: ca || cert ? { ...(ca && { ca: [ca] }), ...(cert && key && { cert, key }) } : true }),
    ...(protocol.startsWith("SASL") && { sasl: saslOf(env) }),
  };
}
