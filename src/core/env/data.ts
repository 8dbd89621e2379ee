import { isZone, noZone } from "../zones.ts";
import { isServer, isWeb, serversIn } from "./addresses.ts";
import { addressSetTo, among, checked, status, text } from "./kinds.ts";

export const protocols = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] as const;
const mechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const;
const levels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const inCode = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

const areServers = (value: string) => serversIn(value).length > 0 && serversIn(value).every(isServer);

/** What the producer, the forwarder, the comparison and the report read. */
export const data = {
  INGEST_FROM: text("What is read without `--from`, and followed under `npm start`; else the bundled sample."),
  INGEST_QUEUE: text("The SQS queue that hears of new objects in the bucket, for `--follow`, which then rarely lists."),
  LOGS_TIMEZONE: checked(isZone, noZone)
    .default("UTC")
    .describe("IANA time zone of `Debut` and `Fin`; of a time that exists twice the earlier one counts."),
  INGEST_STATUS_ADDRESS: status("127.0.0.1:9464", "--follow"),
  KAFKA_BROKERS: checked(areServers, addressSetTo("host:port, or to several of them with commas between"))
    .default("127.0.0.1:9092")
    .describe("Where Kafka is: `host:port`, several with commas between."),
  KAFKA_SECURITY_PROTOCOL: among(protocols)
    .default("PLAINTEXT")
    .describe(`How to speak to it: ${inCode(protocols)}.`),
  KAFKA_SASL_MECHANISM: among(mechanisms)
    .default("PLAIN")
    .describe(`How to log in: ${inCode(mechanisms)}; \`PLAIN\` over TLS only, it sends the password as it is.`),
  KAFKA_SASL_USERNAME: text("The account at Kafka."),
  KAFKA_SASL_PASSWORD: text("Its password, or:"),
  KAFKA_SASL_PASSWORD_FILE: text("A file that holds it (mode 600; line ends after it are left out)."),
  KAFKA_SSL_CA_FILE: text("PEM file of the authority that signed Kafka's certificate; else the public ones count."),
  KAFKA_SSL_CERT_FILE: text("PEM file of a certificate of your own, where Kafka asks for one."),
  KAFKA_SSL_KEY_FILE: text("PEM file of its key, without passphrase."),
  AWS_REGION: text("Region of the bucket; without it and what follows the standard AWS chain counts: prefer a role."),
  AWS_ACCESS_KEY_ID: text("Key to the bucket."),
  AWS_SECRET_ACCESS_KEY: text("Its secret."),
  AWS_SESSION_TOKEN: text("Token of a key that lasts a session."),
  AWS_ENDPOINT_URL_S3: text("Another S3 server than Amazon's, addressed by path."),
  LOKI_URL: checked(isWeb, addressSetTo("an address such as http://127.0.0.1:3100"))
    .default("http://127.0.0.1:3100")
    .describe("Where Loki is."),
  LOKI_TENANT: text("The tenant (`X-Scope-OrgID`) of a Loki that separates them."),
  LOG_LEVEL: among(levels)
    .default("info")
    .describe("How much the services log; `debug` adds the warnings of Kafka's client."),
} as const;
