import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { deployFolder } from "./paths.ts";

export const composeFile = join(deployFolder, "docker-compose.yml");

/** The environment of a compose service, `${NAME:-default}` replaced (a default holds no variable), so that the native processes are set up as the containers are. */
export function composeEnvironment(service: string, env: NodeJS.ProcessEnv = {}): Record<string, string> {
  const { services } = parse(readFileSync(composeFile, "utf8"), { merge: true });
  const entries = Object.entries<string>(services[service].environment);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      value.replace(
        /\$\{(\w+)(?::([-?])([^{}]*))?\}/g,
        (_, variable, kind, text) => env[variable] || (kind === "-" ? text : ""),
      ),
    ]),
  );
}
