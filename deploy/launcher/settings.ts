import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { LauncherError } from "./errors.ts";
import { deployFolder } from "./paths.ts";
import type { Ports } from "./ports.ts";
import { portsFrom } from "./ports.ts";

const PASSWORD = "GRAFANA_ADMIN_PASSWORD";

/** Writes `deploy/.env` from the example with a random password, readable by its owner only; an existing file is left as it is. Returns whether it was written. */
export function ensureEnvFile(file = join(deployFolder, ".env"), example = join(deployFolder, ".env.example")): boolean {
  if (existsSync(file)) return false;
  const text = readFileSync(example, "utf8").replace(`${PASSWORD}=\n`, `${PASSWORD}=${randomBytes(18).toString("base64url")}\n`);
  try {
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  return true;
}

export type Settings = Readonly<{ env: NodeJS.ProcessEnv; ports: Ports }>;

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/;
/** Settings that the example does not show: of Kafka's clients, of the services, of AWS, of Compose and of Grafana itself. */
const FURTHER =
  /^(KAFKA_(?:BROKERS|SECURITY_PROTOCOL|SASL_\w+|SSL_\w+)|LOKI_URL|INGEST_STATUS_ADDRESS|LOG_LEVEL|AWS_\w+|COMPOSE_\w+|GF_\w+|STACK|GRAFANA_HOME)$/;

/** One sentence for each line of a settings file that would be passed over: no assignment, or a name that nothing reads. */
export function strayLines(text: string, example = readFileSync(join(deployFolder, ".env.example"), "utf8")): string[] {
  const known = new Set([...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name));
  return text.split("\n").flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line)) return [];
    const name = ASSIGNMENT.exec(line)?.[1];
    const fault =
      name === undefined
        ? "is no NAME=value"
        : known.has(name) || FURTHER.test(name)
          ? undefined
          : `sets ${name}, which nothing reads; see deploy/.env.example`;
    return fault ? [`deploy/.env, line ${index + 1}, ${fault}`] : [];
  });
}

/** The shell's variables over those of `deploy/.env`, and the ports they say. */
export function readSettings(shell: NodeJS.ProcessEnv = process.env, file = join(deployFolder, ".env")): Settings {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  for (const stray of strayLines(text)) process.stderr.write(`${stray}\n`);
  const env = { ...parseEnv(text), ...shell };
  return { env, ports: portsFrom(env) };
}

/** Refuses settings without a Grafana password. */
export function requirePassword({ env }: Settings): void {
  if (env[PASSWORD]) return;
  throw new LauncherError(`${PASSWORD} is empty: give it a value in deploy/.env (or delete that file, and npm start writes one with a random password)`);
}
