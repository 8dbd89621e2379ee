import { createHash, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { describe, expect, test } from "vitest";
import { UserError } from "../../../src/core/errors.ts";
import { kafkaSettings } from "../../../src/core/kafka/settings.ts";
import { folderOfFile } from "../../support/folder.ts";

const folder = folderOfFile();

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const certificate = `${rootCertificates[0]}\n`;
const foreignKey = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const ca = file("ca.crt", certificate);
const key = file("foreign.key", foreignKey.privateKey);
const nonsense = file("nonsense.crt", "not a certificate");
const missing = join(folder, "missing");
const password = createHash("sha256").update("p").digest("hex");
const alice = { KAFKA_SASL_USERNAME: "alice", KAFKA_SASL_PASSWORD: password };
const local = { brokers: ["127.0.0.1:9092"] };

describe("what the environment says is what kafkajs gets", () => {
  test.each<[string, NodeJS.ProcessEnv, object]>([
    ["nothing", {}, local],
    [
      "empty variables, as Compose passes them",
      { KAFKA_BROKERS: "", KAFKA_SECURITY_PROTOCOL: "", KAFKA_SASL_USERNAME: "", KAFKA_SSL_CA_FILE: "" },
      local,
    ],
    [
      "several brokers",
      { KAFKA_BROKERS: " a:9092, b.example.com:9093,,[::1]:9094 " },
      { brokers: ["a:9092", "b.example.com:9093", "[::1]:9094"] },
    ],
    ["TLS with the known authorities", { KAFKA_SECURITY_PROTOCOL: "SSL" }, { ...local, ssl: true }],
    [
      "TLS with an authority",
      { KAFKA_SECURITY_PROTOCOL: "SSL", KAFKA_SSL_CA_FILE: ca },
      { ...local, ssl: { ca: [certificate] } },
    ],
    [
      "SASL, PLAIN unless told",
      { KAFKA_SECURITY_PROTOCOL: "SASL_PLAINTEXT", ...alice },
      { ...local, sasl: { mechanism: "plain", username: "alice", password } },
    ],
    [
      "SASL over TLS",
      { KAFKA_SECURITY_PROTOCOL: "SASL_SSL", KAFKA_SASL_MECHANISM: "SCRAM-SHA-512", ...alice },
      { ...local, ssl: true, sasl: { mechanism: "scram-sha-512", username: "alice", password } },
    ],
    [
      "a password in a file, its blanks kept",
      {
        KAFKA_SECURITY_PROTOCOL: "SASL_SSL",
        KAFKA_SASL_MECHANISM: "SCRAM-SHA-256",
        KAFKA_SASL_USERNAME: "bob",
        KAFKA_SASL_PASSWORD_FILE: file("password", " a b \r\n"),
      },
      { ...local, ssl: true, sasl: { mechanism: "scram-sha-256", username: "bob", password: " a b " } },
    ],
  ])("%s", (_, env, settings) => {
    expect(kafkaSettings(env)).toEqual(settings);
  });
});

describe("a setting that cannot be used is one sentence, without a secret", () => {
  const ssl = { KAFKA_SECURITY_PROTOCOL: "SSL" };
  const sasl = { KAFKA_SECURITY_PROTOCOL: "SASL_SSL", ...alice };
  const brokers = (shown: string) =>
    `KAFKA_BROKERS is ${shown}; set it to host:port, or to several of them with commas between.`;
  test.each<[string, NodeJS.ProcessEnv, string]>([
    ["no broker", { KAFKA_BROKERS: " , " }, brokers('" , "')],
    ["a broker without port", { KAFKA_BROKERS: "a:9092,kafka" }, brokers('"a:9092,kafka"')],
    ["a port that is none", { KAFKA_BROKERS: "kafka:90920" }, brokers('"kafka:90920"')],
    ["port 0", { KAFKA_BROKERS: "kafka:0" }, brokers('"kafka:0"')],
    ["an address with a scheme", { KAFKA_BROKERS: "SASL_SSL://kafka:9092" }, brokers('"SASL_SSL://kafka:9092"')],
    ["a password in the address", { KAFKA_BROKERS: `alice:${password}@kafka:9092` }, brokers('"…@kafka:9092"')],
    [
      "an unknown protocol",
      { KAFKA_SECURITY_PROTOCOL: "sasl" },
      'KAFKA_SECURITY_PROTOCOL is "sasl"; set it to PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.',
    ],
    [
      "an unknown mechanism",
      { ...sasl, KAFKA_SASL_MECHANISM: "GSSAPI" },
      'KAFKA_SASL_MECHANISM is "GSSAPI"; set it to PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.',
    ],
    [
      "no user",
      { ...sasl, KAFKA_SASL_USERNAME: "" },
      "KAFKA_SECURITY_PROTOCOL asks for SASL, but KAFKA_SASL_USERNAME is empty; set it.",
    ],
    [
      "no password",
      { ...sasl, KAFKA_SASL_PASSWORD: "" },
      "KAFKA_SECURITY_PROTOCOL asks for SASL, but KAFKA_SASL_PASSWORD is empty; set it, or KAFKA_SASL_PASSWORD_FILE.",
    ],
    [
      "an empty password file",
      { ...sasl, KAFKA_SASL_PASSWORD: "", KAFKA_SASL_PASSWORD_FILE: file("empty", "\n") },
      "KAFKA_SECURITY_PROTOCOL asks for SASL, but KAFKA_SASL_PASSWORD is empty; set it, or KAFKA_SASL_PASSWORD_FILE.",
    ],
    [
      "a password file that is missing",
      { ...sasl, KAFKA_SASL_PASSWORD: "", KAFKA_SASL_PASSWORD_FILE: missing },
      `KAFKA_SASL_PASSWORD_FILE names ${missing}, which cannot be read (ENOENT); check the path and its rights.`,
    ],
    [
      "an authority that is missing",
      { ...ssl, KAFKA_SSL_CA_FILE: missing },
      `KAFKA_SSL_CA_FILE names ${missing}, which cannot be read (ENOENT); check the path and its rights.`,
    ],
    [
      "a folder as authority",
      { ...ssl, KAFKA_SSL_CA_FILE: folder },
      `KAFKA_SSL_CA_FILE names ${folder}, which cannot be read (EISDIR); check the path and its rights.`,
    ],
    [
      "an authority that is none",
      { ...ssl, KAFKA_SSL_CA_FILE: nonsense },
      `KAFKA_SSL_CA_FILE names ${nonsense}, which holds no certificate in PEM format.`,
    ],
    [
      "a certificate without key",
      { ...ssl, KAFKA_SSL_CERT_FILE: ca },
      "KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE go together; set both or neither.",
    ],
    [
      "a key without certificate",
      { ...ssl, KAFKA_SSL_KEY_FILE: key },
      "KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE go together; set both or neither.",
    ],
    [
      "a key that is none",
      { ...ssl, KAFKA_SSL_CERT_FILE: ca, KAFKA_SSL_KEY_FILE: ca },
      `KAFKA_SSL_KEY_FILE names ${ca}, which holds no private key without passphrase in PEM format.`,
    ],
    [
      "another's key",
      { ...ssl, KAFKA_SSL_CERT_FILE: ca, KAFKA_SSL_KEY_FILE: key },
      "The key of KAFKA_SSL_KEY_FILE is not that of the certificate in KAFKA_SSL_CERT_FILE; name the two files of one pair.",
    ],
    [
      "a password that would not be used",
      { KAFKA_SASL_PASSWORD: password },
      "KAFKA_SASL_PASSWORD is set, but KAFKA_SECURITY_PROTOCOL is PLAINTEXT, which does not use it; set the protocol to SASL_PLAINTEXT or SASL_SSL.",
    ],
    [
      "an authority that would not be used",
      { KAFKA_SECURITY_PROTOCOL: "SASL_PLAINTEXT", ...alice, KAFKA_SSL_CA_FILE: ca },
      "KAFKA_SSL_CA_FILE is set, but KAFKA_SECURITY_PROTOCOL is SASL_PLAINTEXT, which does not use it; set the protocol to SSL or SASL_SSL.",
    ],
  ])("%s", (_, env, sentence) => {
    const failure = () => kafkaSettings(env);
    expect(failure).toThrow(UserError);
    expect(failure).toThrow(new UserError(sentence));
    expect(sentence).not.toContain(password);
  });
});
