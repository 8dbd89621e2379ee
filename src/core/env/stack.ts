import { areRecipients, isSender, isServer, isWeb } from "./addresses.ts";
import { among, checked, port, setTo, text } from "./kinds.ts";

export const collectors = ["promtail", "forwarder"] as const;
const kafkaModes = ["zookeeper", "kraft"] as const;

const MOST_LINES = 100_000_000;
const RECIPIENTS = "one address, or several with commas or semicolons between";

/** What `npm start` and Docker Compose read. */
export const stack = {
  GRAFANA_ADMIN_PASSWORD: text("Grafana's first password, user `admin`; the first `npm start` writes a random one."),
  COLLECTOR: among(collectors)
    .optional()
    .describe("What carries Kafka to Loki; without it Promtail does, but natively only where it is installed."),
  KAFKA_MODE: among(kafkaModes)
    .default("zookeeper")
    .describe("Who keeps Kafka's own records: `zookeeper` (Kafka 3.9), or `kraft` (Kafka 4, for new installations)."),
  SMTP_FROM: checked(isSender, setTo("one address whose domain has a dot, such as grafana@example.com"))
    .default("grafana@ingestion.localhost")
    .describe("The mails' sender; its domain needs a dot, or Grafana does not start."),
  SMTP_HOST: checked(isServer, setTo("host:port, such as smtp.example.com:587"))
    .default("mailpit:1025")
    .describe("Mail server, `host:port`; natively no mail is sent without it."),
  SMTP_USER: text("The account at the mail server."),
  SMTP_PASSWORD: text("Its password."),
  SMTP_STARTTLS_POLICY: among(["OpportunisticStartTLS", "MandatoryStartTLS", "NoStartTLS"])
    .default("OpportunisticStartTLS")
    .describe("Or `MandatoryStartTLS`, or `NoStartTLS`."),
  GRAFANA_URL: checked(isWeb, setTo("an absolute http or https address, such as https://grafana.example.com/"))
    .default("http://localhost:3000/")
    .describe("The address that links in mails point to; by default with the port of `GRAFANA_PORT`."),
  GRAFANA_COOKIE_SECURE: among(["true", "false"])
    .default("false")
    .describe("`true` behind a proxy with TLS: the session's cookie is sent over HTTPS only."),
  ALERT_EMAIL_TO: checked(areRecipients, setTo(`${RECIPIENTS}, such as a@example.com;b@example.com`))
    .default("equipe-donnees@localhost")
    .describe(`Who gets the alerts: ${RECIPIENTS}.`),
  GRAFANA_PORT: port(3000, "Grafana"),
  LOKI_PORT: port(3100, "Loki, or of the embedded store,"),
  KAFKA_PORT: port(9092, "Kafka"),
  MAILPIT_PORT: port(8025, "Mailpit (Docker only)"),
  ZOOKEEPER_PORT: port(2181, "ZooKeeper (native only)"),
  KAFKA_CONTROLLER_PORT: port(9093, "Kafka's controller (native only, with `kraft`)"),
  LOKI_GRPC_PORT: port(9095, "Loki's gRPC (native only)"),
  PROMTAIL_PORT: port(9080, "Promtail (native only)"),
  PRODUCER_PORT: port(9464, "the producer's `/healthz` and `/metrics` (native only)"),
  FORWARDER_PORT: port(9465, "the forwarder's `/healthz` and `/metrics` (native only)"),
  S3_PORT: port(7070, "the S3 server of the tests (native only)"),
  GRAFANA_HOME: text("Native: the folder of an unpacked Grafana; else `grafana` on the `PATH`."),
  LOKI_BIN: text("Native: Loki's program; else `loki` on the `PATH`. Tests read it from the shell only."),
  PROMTAIL_BIN: text("Native: Promtail's program; else `promtail` on the `PATH`. Tests read it from the shell only."),
  STORE_MAX_LINES: checked(
    (value) => /^\d{1,9}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST_LINES,
    setTo(`a whole number from 1 to ${MOST_LINES}`),
  )
    .default("1000000")
    .describe("How many lines the embedded store holds."),
} as const;

/** What else may stand in `deploy/.env`: so begin the names of AWS's libraries, Docker Compose and Grafana itself. */
export const families = ["AWS_", "COMPOSE_", "GF_"] as const;
