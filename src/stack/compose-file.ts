import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { interpolated } from "./env-file.ts";
import { deployFolder } from "./paths.ts";

export const composeFile = join(deployFolder, "docker-compose.yml");

type Part = Readonly<
  { environment?: Record<string, string | null>; extends?: { file: string; service: string } } & Record<string, unknown>
>;
const parsed = (file: string): Record<string, Part> =>
  parse(readFileSync(join(deployFolder, file), "utf8"), { merge: true }).services;

const filled = (text: string, env: NodeJS.ProcessEnv): string => interpolated(text, { lookup: (name) => env[name] });

/** The services of the compose file, each with what it takes from another file by `env`. */
export function composeServices(env: NodeJS.ProcessEnv = {}): Record<string, Part> {
  const whole = ([name, part]: [string, Part]): [string, Part] => {
    if (!part.extends) return [name, part];
    const base = parsed(part.extends.file)[filled(part.extends.service, env)] ?? {};
    return [
      name,
      { ...base, ...part, ...(base.environment && { environment: { ...base.environment, ...part.environment } }) },
    ];
  };
  return Object.fromEntries(Object.entries(parsed(basename(composeFile))).map(whole));
}

/** The environment of a compose service, variables replaced: native processes are set up as the containers are. */
export const composeEnvironment = (service: string, env: NodeJS.ProcessEnv = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(composeServices(env)[service]?.environment ?? {}).map(([name, value]) => [
      name,
      filled(value ?? "", env),
    ]),
  );
