import { durationSeconds } from "../durations.ts";
import { consumerGroups } from "../topics.ts";
import { among, checked, filled, setTo, status, text } from "./kinds.ts";

const isOwnGroup = (name: string) => /^[\w.-]{1,200}$/.test(name) && !Object.values(consumerGroups).includes(name);

/** What single commands read of the shell. */
export const shell = {
  STACK: among(["docker", "native"])
    .optional()
    .describe("What `npm start` and the suites run on: `docker`, or `native`; else Docker if an engine answers."),
  PREVIEW_PORT: filled("3200", "Port of `npm run preview`."),
  RUNBOOK_BASE_URL: text(
    "Read by `npm run build`: rules and mails link to `$RUNBOOK_BASE_URL/1-echec-detecte.md` and so on; set it in CI too.",
  ),
  FORWARDER_STATUS_ADDRESS: status("127.0.0.1:9465", "npx ingestion forward"),
  FORWARDER_GROUP: checked(isOwnGroup, setTo("a name of your own, of letters, digits, dots and hyphens"))
    .optional()
    .describe("Another consumer group for it (rejects: `NAME-rejets`), which reads all once more, for another Loki."),
  STORE_FOLDER: text("Where `npm run store` keeps its journal; without it, lines are in memory only."),
  STORE_RETENTION: checked((value) => (durationSeconds(value) ?? 0) > 0, setTo("a length of time such as 2208h or 7d"))
    .default("2208h")
    .describe("How long `npm run store` holds lines."),
  STORE_TENANTS: among(["true", "false"])
    .default("false")
    .describe("`true`: `npm run store` refuses a request without `X-Scope-OrgID`."),
  GOVULNDB: text("Read by `npm run audit`: another database of vulnerabilities in Go than `https://vuln.go.dev`."),
  XDG_CACHE_HOME: text("Where Kafka and what is built for tests are kept, in `ingestion-monitoring`; else `~/.cache`."),
  DEBUG: text("Anything: an error shows where in the program it arose."),
  DATA_INGESTION_STACK: text("Set by `npm start` for its processes, which it knows by it: the folder of their data."),
} as const;
