import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { KafkaConfig, SASLOptions } from "kafkajs";
import { serversIn } from "../env/addresses.ts";
import { protocols } from "../env/data.ts";
import { setting } from "../env.ts";
import { orSay, UserError } from "../errors.ts";
import "./request-queue.ts";

/** The part of a kafkajs configuration that the environment decides. */
export type KafkaSettings = Readonly<Pick<KafkaConfig, "ssl" | "sasl"> & { brokers: string[] }>;

function fileOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const path = env[name];
  if (!path) return undefined;
  return orSay(
    () => readFileSync(path, "utf8"),
    (error) =>
      `${name} names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code}); check the path and its rights.`,
  );
}

/** The contents of a PEM file, once `parse` has understood them. */
function pemOf<T>(
  env: NodeJS.ProcessEnv,
  name: string,
  { what, parse }: Readonly<{ what: string; parse: (pem: string) => T }>,
): { pem: string; parsed: T } | undefined {
  const pem = fileOf(env, name);
  if (pem === undefined) return undefined;
  return orSay(
    () => ({ pem, parsed: parse(pem) }),
    () => `${name} names ${env[name]}, which holds no ${what} in PEM format.`,
  );
}

function sslOf(env: NodeJS.ProcessEnv): NonNullable<KafkaConfig["ssl"]> {
  const certificate = { what: "certificate", parse: (pem: string) => new X509Certificate(pem) };
  const ca = pemOf(env, "KAFKA_SSL_CA_FILE", certificate);
  const cert = pemOf(env, "KAFKA_SSL_CERT_FILE", certificate);
  const key = pemOf(env, "KAFKA_SSL_KEY_FILE", { what: "private key without passphrase", parse: createPrivateKey });
  if (Boolean(cert) !== Boolean(key))
    throw new UserError("KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE go together; set both or neither.");
  if (cert && key && !cert.parsed.checkPrivateKey(key.parsed))
    throw new UserError(
      "The key of KAFKA_SSL_KEY_FILE is not that of the certificate in KAFKA_SSL_CERT_FILE; name the two files of one pair.",
    );
  return ca || cert ? { ...(ca && { ca: [ca.pem] }), ...(cert && key && { cert: cert.pem, key: key.pem }) } : true;
}

function saslOf(env: NodeJS.ProcessEnv): SASLOptions {
  const mechanism = setting(env, "KAFKA_SASL_MECHANISM").toLowerCase();
  const username = env.KAFKA_SASL_USERNAME;
  const password = env.KAFKA_SASL_PASSWORD || fileOf(env, "KAFKA_SASL_PASSWORD_FILE")?.replace(/[\r\n]+$/, "");
  if (!username)
    throw new UserError("KAFKA_SECURITY_PROTOCOL asks for SASL, but KAFKA_SASL_USERNAME is empty; set it.");
  if (!password)
    throw new UserError(
      "KAFKA_SECURITY_PROTOCOL asks for SASL, but KAFKA_SASL_PASSWORD is empty; set it, or KAFKA_SASL_PASSWORD_FILE.",
    );
  return { mechanism, username, password } as SASLOptions;
}

/** Refuses settings that the protocol would pass over: who sets a password or an authority expects it to be used. */
function refuseUnused(env: NodeJS.ProcessEnv, protocol: string): void {
  for (const kind of ["SASL", "SSL"]) {
    const unused = Object.keys(env).find((name) => name.startsWith(`KAFKA_${kind}_`) && env[name]);
    if (unused && !protocol.includes(kind))
      throw new UserError(
        `${unused} is set, but KAFKA_SECURITY_PROTOCOL is ${protocol}, which does not use it; set the protocol to ${protocols.filter((name) => name.includes(kind)).join(" or ")}.`,
      );
  }
}

/** From `KAFKA_BROKERS`, `KAFKA_SECURITY_PROTOCOL`, `KAFKA_SASL_*` and `KAFKA_SSL_*`; throws a `UserError`. */
export function kafkaSettings(env: NodeJS.ProcessEnv): KafkaSettings {
  const brokers = serversIn(setting(env, "KAFKA_BROKERS"));
  const protocol = setting(env, "KAFKA_SECURITY_PROTOCOL");
  refuseUnused(env, protocol);
  return {
    brokers,
    ...(protocol.endsWith("SSL") && { ssl: sslOf(env) }),
    ...(protocol.startsWith("SASL") && { sasl: saslOf(env) }),
  };
}
