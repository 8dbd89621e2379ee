import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { data } from "../core/env/data.ts";
import { families, stack } from "../core/env/stack.ts";
import { faultsOf, type Variable } from "../core/env.ts";
import { orSay, UserError } from "../core/errors.ts";
import { unreadable } from "../core/folder.ts";
import { sentence } from "../core/visible.ts";
import { parseEnvFile, quoted } from "./env-file.ts";
import { deployFolder } from "./paths.ts";
import { type Ports, portsFrom, portVariables, refuse } from "./ports.ts";
import { readState } from "./state.ts";

const PASSWORD = "GRAFANA_ADMIN_PASSWORD";

/**
 * Writes `deploy/.env` from the example with a random password, readable by its owner only.
 * An existing file is left as it is. Returns whether it was written.
 */
export function ensureEnvFile(
  file = join(deployFolder, ".env"),
  example = join(deployFolder, ".env.example"),
): boolean {
  if (existsSync(file)) return false;
  const text = readFileSync(example, "utf8").replace(
    `${PASSWORD}=\n`,
    `${PASSWORD}=${quoted(randomBytes(18).toString("base64url"))}\n`,
  );
  try {
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    // Half a file would be taken for settings without a password.
    rmSync(file, { force: true });
    throw error;
  }
  return true;
}

/** The settings that count, and one sentence for each port that `deploy/.env` says otherwise than the running stack. */
export type Settings = Readonly<{ env: NodeJS.ProcessEnv; ports: Ports; overruled: readonly string[] }>;

const isRead = (name: string) =>
  Object.hasOwn({ ...data, ...stack }, name) || families.some((family) => name.startsWith(family));

/** One sentence for each settings line that would be passed over: no assignment, or a name that nothing reads. */
export function strayLines(text: string): string[] {
  const { names, faults } = parseEnvFile(text);
  const unread = names.flatMap(({ line, name }) =>
    isRead(name) ? [] : [{ line, fault: `sets ${name}, which nothing reads; see deploy/.env.example` }],
  );
  return [...faults, ...unread]
    .sort((a, b) => a.line - b.line)
    .map(({ line, fault }) => `deploy/.env, line ${line}, ${fault}`);
}

/** One sentence for a settings file, which holds passwords, that others may read. */
function openToOthers(file: string): string[] {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & 0o077) === 0
    ? []
    : [
        `deploy/.env may be read by other users of this machine (mode ${(mode & 0o777).toString(8)}): chmod 600 deploy/.env`,
      ];
}

type Places = Readonly<{ shell?: NodeJS.ProcessEnv; file?: string; state?: string }>;

/** The shell's variables over the ports of a running native stack over `deploy/.env`. */
export function readSettings({ shell = process.env, file = join(deployFolder, ".env"), state }: Places = {}): Settings {
  const read = () => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const text = orSay(read, (error) => `deploy/.env ${unreadable(error)}.`);
  for (const warning of [...openToOthers(file), ...strayLines(text)]) process.stderr.write(`${sentence(warning)}\n`);
  const written = parseEnvFile(text, shell).values;
  const running = portVariables(readState(state)?.ports ?? {});
  const env = { ...written, ...running, ...shell };
  const overruled = Object.entries(running)
    .filter(([name, port]) => written[name] && written[name] !== port && !shell[name])
    .map(
      ([name, port]) =>
        `${name} is ${written[name]} in deploy/.env, but the stack runs with ${port}: npm stop, then npm start, to change it.`,
    );
  return { env, ports: portsFrom(env), overruled };
}

/** One sentence for each setting that the stack could not use, such as one that Grafana was seen to end with. */
export const settingFaults = (env: NodeJS.ProcessEnv): string[] =>
  faultsOf(env, Object.keys({ ...stack, ...data }) as Variable[]);

/** Refuses settings that the stack could not use, all of them at once. */
export const checkSettings = (env: NodeJS.ProcessEnv): void => refuse(settingFaults(env));

/** Refuses settings without a Grafana password. */
export function requirePassword({ env }: Pick<Settings, "env">): void {
  if (env[PASSWORD]) return;
  throw new UserError(
    `${PASSWORD} is empty: give it a value in deploy/.env (or delete that file, and npm start writes one with a random password).`,
  );
}
