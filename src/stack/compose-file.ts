import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { deployFolder } from "./paths.ts";

export const composeFile = join(deployFolder, "docker-compose.yml");

type Part = Readonly<
  { environment?: Record<string, string | null>; extends?: { file: string; service: string } } & Record<string, unknown>
>;
const parsed = (file: string): Record<string, Part> =>
  parse(readFileSync(join(deployFolder, file), "utf8"), { merge: true }).services;

/** Variables replaced, a default in their place where they are not set (a default holds no variable). */
const interpolated = (text: string, env: NodeJS.ProcessEnv): string =>
  text.replace(
    /\$\{(\w+)(?::([-?])([^{}]*))?\}/g,
    (_, variable, kind, other) => env[variable] || (kind === "-" ? other : ""),
  );

/** The services of the compose file, each with what it takes from another file by `env`. */
export function composeServices(env: NodeJS.ProcessEnv = {}): Record<string, Part> {
  const whole = ([name, part]: [string, Part]): [string, Part] => {
    if (!part.extends) return [name, part];
    const base = parsed(part.extends.file)[interpolated(part.extends.service, env)] ?? {};
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
      interpolated(value ?? "", env),
    ]),
  );
