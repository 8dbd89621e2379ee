import { z } from "../libraries.ts";
import { maskedSetting } from "../masked.ts";
import { consumerGroups } from "../topics.ts";
import { areRecipients, isPort, isSender, isServer, isWeb, listening, serversIn } from "./addresses.ts";

export const protocols = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] as const;
const mechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const;
export const collectors = ["promtail", "forwarder"] as const;
const levels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** What is said of a value that does not do, after the name of its variable. */
type Says = (value: string) => string;
const setTo =
  (right: string): Says =>
  (value) =>
    `is ${JSON.stringify(value)}; set it to ${right}.`;
/** The same of an address, in which a password may stand. */
const addressSetTo =
  (right: string): Says =>
  (value) =>
    setTo(right)(maskedSetting(value));
const checked = (isRight: (value: string) => boolean, says: Says) => z.string().refine(isRight, { error: ({ input }) => says(String(input)) });
const among = <T extends string>(values: readonly T[], says: Says = setTo(values.join(", "))) =>
  z.enum(values as [T, ...T[]], { error: ({ input }) => says(String(input)) });
const text = () => z.string().optional();
const port = (value: number, what: string) =>
  checked(isPort, (given) => `must be a port from 1 to 65535, not ${JSON.stringify(given)}`)
    .default(String(value))
    .describe(`Port of ${what} on 127.0.0.1.`);

/** What the producer, the forwarder, the comparison and the report read. */
export const data = {
  INGEST_FROM: text().describe("What is read without `--from`, and followed under `npm start`: an S3 address, a file or a folder; else the bundled sample."),
  LOGS_TIMEZONE: z.string().default("UTC").describe("IANA time zone of `Debut` and `Fin`; a time that a clock change makes twice is the earlier one."),
  INGEST_STATUS_ADDRESS: checked(
    (value) => listening(value) !== undefined,
    (value) => `is ${JSON.stringify(value)}; write host:port, such as 127.0.0.1:9464.`,
  )
    .default("127.0.0.1:9464")
    .describe("Where `--follow` answers `/healthz` and `/metrics`."),
  KAFKA_BROKERS: checked(
    (value) => serversIn(value).length > 0 && serversIn(value).every(isServer),
    addressSetTo("host:port, or to several of them with commas between"),
  )
    .default("127.0.0.1:9092")
    .describe("Where Kafka is: `host:port`, several with commas between."),
  KAFKA_SECURITY_PROTOCOL: among(protocols)
    .default("PLAINTEXT")
    .describe(`How to speak to it: ${protocols.map((name) => `\`${name}\``).join(", ")}.`),
  KAFKA_SASL_MECHANISM: among(mechanisms)
    .default("PLAIN")
    .describe(`How to log in: ${mechanisms.map((name) => `\`${name}\``).join(", ")}; \`PLAIN\` over TLS only, since it sends the password as it is.`),
  KAFKA_SASL_USERNAME: text().describe("The account at Kafka."),
  KAFKA_SASL_PASSWORD: text().describe("Its password, or:"),
  KAFKA_SASL_PASSWORD_FILE: text().describe("A file that holds it (mode 600; line ends after it are left out)."),
  KAFKA_SSL_CA_FILE: text().describe("PEM file of the authority that signed Kafka's certificate; else the public authorities count."),
  KAFKA_SSL_CERT_FILE: text().describe("PEM file of a certificate of your own, where Kafka asks for one."),
  KAFKA_SSL_KEY_FILE: text().describe("PEM file of its key, without passphrase."),
  AWS_REGION: text().describe("Region of the bucket; without it and what follows, the standard AWS chain counts: prefer an instance role."),
  AWS_ACCESS_KEY_ID: text().describe("Key to the bucket."),
  AWS_SECRET_ACCESS_KEY: text().describe("Its secret."),
  AWS_SESSION_TOKEN: text().describe("Token of a key that lasts a session."),
  AWS_ENDPOINT_URL_S3: text().describe("Another S3 server than Amazon's, addressed by path."),
  LOKI_URL: checked((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ""), addressSetTo("an address such as http://127.0.0.1:3100"))
    .default("http://127.0.0.1:3100")
    .describe("Where Loki is."),
  LOKI_TENANT: text().describe("The tenant (`X-Scope-OrgID`) of a Loki that separates them."),
  LOG_LEVEL: among(levels).default("info").describe("How much the services log; `debug` adds the warnings of Kafka's client."),
} as const;

/** What `npm start` and Docker Compose read. */
export const stack = {
  GRAFANA_ADMIN_PASSWORD: text().describe("Grafana's first password, user `admin`; the first `npm start` writes a random one."),
  COLLECTOR: among(collectors, (value) => `must be ${collectors.join(" or ")}, not ${JSON.stringify(value)}`)
    .optional()
    .describe("What carries Kafka to Loki: `promtail` (without it, but natively only where it is installed), or `forwarder`, which loses and doubles nothing."),
  SMTP_FROM: checked(isSender, setTo("one address whose domain has a dot, such as grafana@example.com"))
    .default("grafana@ingestion.localhost")
    .describe("The mails' sender; its domain needs a dot, or Grafana does not start."),
  SMTP_HOST: checked(isServer, setTo("host:port, such as smtp.example.com:587"))
    .default("mailpit:1025")
    .describe("Mail server, `host:port`; natively no mail is sent without it."),
  SMTP_USER: text().describe("The account at the mail server."),
  SMTP_PASSWORD: text().describe("Its password."),
  SMTP_STARTTLS_POLICY: z.string().default("OpportunisticStartTLS").describe("Whether the mail server must speak TLS: also `MandatoryStartTLS`, `NoStartTLS`."),
  ALERT_EMAIL_TO: checked(areRecipients, setTo("one address, or several with commas or semicolons between, such as a@example.com;b@example.com"))
    .default("equipe-donnees@localhost")
    .describe("Who gets the alerts: one address, or several with commas or semicolons between."),
  GRAFANA_URL: checked(isWeb, setTo("an absolute http or https address, such as https://grafana.example.com/"))
    .default("http://localhost:3000/")
    .describe("The address that links in mails point to, absolute; by default with the port of `GRAFANA_PORT`."),
  GRAFANA_COOKIE_SECURE: z.string().default("false").describe("`true` behind a proxy with TLS: the session's cookie is sent over HTTPS only."),
  GRAFANA_PORT: port(3000, "Grafana"),
  LOKI_PORT: port(3100, "Loki, or of the embedded store,"),
  KAFKA_PORT: port(9092, "Kafka"),
  MAILPIT_PORT: port(8025, "Mailpit (Docker only)"),
  ZOOKEEPER_PORT: port(2181, "ZooKeeper (native only)"),
  LOKI_GRPC_PORT: port(9095, "Loki's gRPC (native only)"),
  PROMTAIL_PORT: port(9080, "Promtail (native only)"),
  PRODUCER_PORT: port(9464, "the producer's `/healthz` and `/metrics` (native only)"),
  FORWARDER_PORT: port(9465, "the forwarder's `/healthz` and `/metrics` (native only)"),
  S3_PORT: port(7070, "the S3 server of the tests (native only)"),
  GRAFANA_HOME: text().describe("Native: the folder of an unpacked Grafana; else `grafana` on the `PATH`."),
  LOKI_BIN: text().describe("Native: Loki's program; else `loki` on the `PATH`. Tests read it from the shell only."),
  PROMTAIL_BIN: text().describe("Native: Promtail's program; else `promtail` on the `PATH`. Tests read it from the shell only."),
  STORE_MAX_LINES: z.string().default("1000000").describe("How many lines the embedded store holds."),
} as const;

/** What single commands read of the shell. */
export const shell = {
  STACK: among(["docker", "native"], (value) => `must be docker or native, not ${JSON.stringify(value)}`)
    .optional()
    .describe("What `npm start` and the suites run on: `docker`, or `native`; else Docker if an engine answers."),
  PREVIEW_PORT: z.string().default("3200").describe("Port of `npm run preview`."),
  RUNBOOK_BASE_URL: text().describe(
    "Read by `npm run build`: gives every rule and mail the address of its runbook; set it in CI too, where `build/` is compared.",
  ),
  FORWARDER_STATUS_ADDRESS: checked((value) => listening(value) !== undefined, addressSetTo("host:port, such as 127.0.0.1:9465"))
    .default("127.0.0.1:9465")
    .describe("Where `npx ingestion forward` answers `/healthz` and `/metrics`."),
  FORWARDER_GROUP: checked(
    (name) => /^[\w.-]{1,200}$/.test(name) && !Object.values(consumerGroups).includes(name),
    addressSetTo("a name of your own, of letters, digits, dots and hyphens"),
  )
    .optional()
    .describe(
      "Another consumer group for `npx ingestion forward` (and `NAME-rejets` for the rejects), which reads everything once more, to fill another Loki.",
    ),
  STORE_FOLDER: text().describe("Where `npm run store` keeps its journal; without it, lines are in memory only."),
  STORE_RETENTION: z.string().default("2208h").describe("How long `npm run store` holds lines."),
  STORE_TENANTS: z
    .string()
    .default("false")
    .describe("`true`: `npm run store` refuses a request without `X-Scope-OrgID`, as Loki's `-auth.enabled=true` does."),
  GOVULNDB: text().describe("Read by `npm run audit`: another database of vulnerabilities in Go than `https://vuln.go.dev`."),
  XDG_CACHE_HOME: text().describe("Where Kafka and what is built for tests are kept, in `ingestion-monitoring`; else `~/.cache`."),
  DEBUG: text().describe("Anything: an error shows where in the program it arose."),
  DATA_INGESTION_STACK: text().describe("Set by `npm start` for its processes, by which it knows them: the folder of their data."),
} as const;

/** What else may stand in `deploy/.env`: names that begin so are those of AWS's libraries, of Docker Compose, of Grafana itself. */
export const families = ["AWS_", "COMPOSE_", "GF_"] as const;
