import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifacts } from "../../../../src/stack/artifacts.ts";
import { kafkaMode, kafkaServices } from "../../../../src/stack/chosen.ts";
import type { Stack } from "../../../../src/stack/native.ts";
import { freePorts } from "../../../../src/stack/ports.ts";
import { rawLine } from "../../../producer/records.ts";
import { authority, certificate } from "../../../support/certificates.ts";
import { folderOfFile } from "../../../support/folder.ts";
import { ingest } from "../../../support/ingest.ts";
import { messagesOf } from "../../../support/kafka.ts";
import { startStack } from "../../../support/stack.ts";

const folder = folderOfFile();
const at = (name: string) => join(folder, name);
const ports = await freePorts();
// Ports that this stack does not use are free for the broker's further listeners.
const listeners = { PLAINTEXT: ports.kafka, SASL_SSL: ports.s3, SSL: ports.grafana, SASL_PLAINTEXT: ports.mailpit };
const password = randomBytes(12).toString("hex");
const jaas = (module: string, more = "") => `org.apache.kafka.common.security.${module} required${more};`;
let stack: Stack;

const listenerOf = (protocol: keyof typeof listeners) => ({
  KAFKA_BROKERS: `127.0.0.1:${listeners[protocol]}`,
  KAFKA_SECURITY_PROTOCOL: protocol,
});
const alice = { KAFKA_SASL_USERNAME: "alice", KAFKA_SASL_PASSWORD: password };
const trusted = { KAFKA_SSL_CA_FILE: at("ca.crt") };
const file = (Source: string) =>
  Array.from({ length: 20 }, (_, index) => rawLine({ Source, Objet: `o${index}` })).join("\n");

beforeAll(async () => {
  authority(folder, "ca");
  authority(folder, "other");
  certificate(folder, "broker", "ca", "IP:127.0.0.1");
  certificate(folder, "client", "ca", "DNS:client");
  const addresses = Object.entries(listeners).map(([name, port]) => `${name}://127.0.0.1:${port}`);
  const plain = jaas("plain.PlainLoginModule", ` user_alice="${password}"`);
  const scram = jaas("scram.ScramLoginModule");
  const own = kafkaMode(process.env) === "kraft" ? [`CONTROLLER://127.0.0.1:${ports.kafkaController}`] : [];
  const kafkaProperties = {
    listeners: [...addresses, ...own].join(","),
    "advertised.listeners": addresses.join(","),
    "ssl.keystore.type": "PEM",
    "ssl.keystore.location": at("broker.pem"),
    "ssl.truststore.type": "PEM",
    "ssl.truststore.location": at("ca.crt"),
    "listener.name.ssl.ssl.client.auth": "required",
    "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
    ...Object.fromEntries(
      ["sasl_ssl", "sasl_plaintext"].flatMap((listener) => [
        [`listener.name.${listener}.plain.sasl.jaas.config`, plain],
        [`listener.name.${listener}.scram-sha-256.sasl.jaas.config`, scram],
        [`listener.name.${listener}.scram-sha-512.sasl.jaas.config`, scram],
      ]),
    ),
  };
  stack = await startStack(kafkaServices(), { data: at("stack"), ports, kafkaProperties });
  const classpath = join(artifacts.kafka().path, "*");
  // Without ZooKeeper one request may not change two credentials of a user.
  for (const mechanism of ["SCRAM-SHA-256", "SCRAM-SHA-512"]) {
    const credentials = at(`${mechanism}.properties`);
    writeFileSync(credentials, `${mechanism}=password=${password}\n`, { mode: 0o600 });
    const users = ["--alter", "--entity-type", "users", "--entity-name", "alice", "--add-config-file", credentials];
    execFileSync(
      "java",
      ["-cp", classpath, "kafka.admin.ConfigCommand", "--bootstrap-server", stack.kafkaBrokers, ...users],
      { stdio: "pipe" },
    );
  }
});
afterAll(() => stack?.stop());

/** How many records of a source are in the topic, read through the listener without security. */
async function stored(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { value } of await messagesOf(stack.kafkaBrokers, "ingestion-logs")) {
    const { source } = JSON.parse(value!);
    found[source] = (found[source] ?? 0) + 1;
  }
  return found;
}

describe("what the producer is told through its environment, it does: every record arrives", () => {
  const ways: [string, Record<string, string>][] = [
    ...["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"].flatMap((mechanism): [string, Record<string, string>][] => [
      [`SASL_SSL-${mechanism}`, { ...listenerOf("SASL_SSL"), ...alice, ...trusted, KAFKA_SASL_MECHANISM: mechanism }],
      [`SASL_PLAINTEXT-${mechanism}`, { ...listenerOf("SASL_PLAINTEXT"), ...alice, KAFKA_SASL_MECHANISM: mechanism }],
    ]),
    [
      "SSL-client",
      { ...listenerOf("SSL"), ...trusted, KAFKA_SSL_CERT_FILE: at("client.crt"), KAFKA_SSL_KEY_FILE: at("client.key") },
    ],
    [
      "password-file",
      {
        ...listenerOf("SASL_SSL"),
        ...trusted,
        KAFKA_SASL_USERNAME: "alice",
        KAFKA_SASL_PASSWORD_FILE: at("password"),
        KAFKA_SASL_MECHANISM: "SCRAM-SHA-512",
      },
    ],
  ];

  test.each(ways)("%s", async (marker, env) => {
    writeFileSync(at("password"), `${password}\n`, { mode: 0o600 });
    const seen = watchCommandLines();
    const run = await ingest(["--from", "-"], env, file(marker));
    const commandLines = seen();
    expect(run).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("20 read · 20 sent (20 SUCCESS, 0 FAILED) · 0 rejected"),
    });
    expect(run.stdout + run.stderr).not.toContain(password);
    // The producer itself was seen, so that its arguments were looked at.
    expect(commandLines).toContain("bin/ingestion.js");
    expect(commandLines).not.toContain(password);
  });

  test("nothing is missing and nothing is double", async () => {
    expect(await stored()).toEqual(Object.fromEntries(ways.map(([marker]) => [marker, 20])));
  });

  test("the topics can be made over SASL and TLS too", () => {
    const env = { PATH: process.env.PATH, ...listenerOf("SASL_SSL"), ...alice, ...trusted };
    expect(
      execFileSync(process.execPath, ["bin/ingestion.js", "--no-settings", "create-topics"], { env, encoding: "utf8" }),
    ).toMatch(/^topics ready: /);
  });
});

describe("what is refused is told in one sentence, without the password", () => {
  const secured = { ...listenerOf("SASL_SSL"), ...alice, ...trusted };
  const kafka = (protocol: keyof typeof listeners) =>
    `Kafka at 127\\.0\\.0\\.1:${listeners[protocol]} refused the connection \\(.+\\); `;
  const wrong = randomBytes(12).toString("hex");
  const scram = { ...secured, KAFKA_SASL_MECHANISM: "SCRAM-SHA-256" };
  const login = `${kafka("SASL_SSL")}check KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD and KAFKA_SASL_MECHANISM\\.`;
  const authority = `${kafka("SASL_SSL")}set KAFKA_SSL_CA_FILE to the certificate of the authority that signed the broker's\\.`;
  const mayBeSecured = "that port may speak TLS or SASL; check KAFKA_SECURITY_PROTOCOL and the port\\.";
  test.each<[string, Record<string, string>, string]>([
    ["a wrong password (PLAIN)", { ...secured, KAFKA_SASL_PASSWORD: wrong }, login],
    ["a wrong password (SCRAM)", { ...scram, KAFKA_SASL_PASSWORD: wrong }, login],
    ["an unknown user", { ...scram, KAFKA_SASL_USERNAME: "mallory" }, login],
    [
      "no user",
      { ...secured, KAFKA_SASL_USERNAME: "" },
      "KAFKA_SECURITY_PROTOCOL asks for SASL, but KAFKA_SASL_USERNAME is empty; set it\\.",
    ],
    ["no authority", { ...secured, KAFKA_SSL_CA_FILE: "" }, authority],
    ["another authority", { ...secured, KAFKA_SSL_CA_FILE: at("other.crt") }, authority],
    [
      "a name that the certificate does not have",
      { ...secured, KAFKA_BROKERS: `localhost:${listeners.SASL_SSL}` },
      `Kafka at localhost:${listeners.SASL_SSL} refused the connection \\(.+\\); name the broker in KAFKA_BROKERS as its certificate does\\.`,
    ],
    [
      "no client certificate",
      { ...listenerOf("SSL"), ...trusted },
      `${kafka("SSL")}the broker asks for a client certificate; set KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE\\.`,
    ],
    ["no TLS to a port with TLS", { KAFKA_BROKERS: secured.KAFKA_BROKERS }, `${kafka("SASL_SSL")}${mayBeSecured}`],
    [
      "no SASL to a port with SASL",
      { KAFKA_BROKERS: listenerOf("SASL_PLAINTEXT").KAFKA_BROKERS },
      `${kafka("SASL_PLAINTEXT")}${mayBeSecured}`,
    ],
    [
      "TLS to a port without",
      { ...secured, KAFKA_BROKERS: listenerOf("PLAINTEXT").KAFKA_BROKERS },
      `${kafka("PLAINTEXT")}that port does not speak TLS; check KAFKA_SECURITY_PROTOCOL and the port\\.`,
    ],
  ])("%s", async (_, env, sentence) => {
    const run = await ingest(["--from", "-"], env, file("refused"));
    expect(run).toMatchObject({ status: 1, stdout: "" });
    expect(run.stderr).toMatch(new RegExp(`^${sentence}\\n$`));
    for (const secret of [password, wrong]) expect(run.stderr).not.toContain(secret);
  });

  test("nothing of it arrived", async () => {
    expect(await stored()).not.toHaveProperty("refused");
  });
});

test("no log of the stack holds the password", () => {
  const logs = readdirSync(join(at("stack"), "logs"));
  expect(logs).toContain("kafka.log");
  for (const log of logs) expect(readFileSync(join(at("stack"), "logs", log), "utf8"), log).not.toContain(password);
});

/** The arguments of every process that runs until the function returned is called. */
function watchCommandLines(): () => string {
  const seen = new Set<string>();
  const look = () => {
    for (const line of execFileSync("ps", ["-eww", "-o", "args="], { encoding: "utf8" }).split("\n")) seen.add(line);
  };
  const timer = setInterval(look, 100);
  return () => {
    clearInterval(timer);
    return [...seen].join("\n");
  };
}
