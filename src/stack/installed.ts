import { resolve } from "node:path";
import { UserError } from "../core/errors.ts";
import { versions } from "../core/versions.ts";
import { findOnPath, isProgram } from "./tools.ts";

/** Programs that nothing here builds or fetches: containers run their images, the native stack what the machine has. */
const programs = {
  loki: { title: "Loki", variable: "LOKI_BIN" },
  promtail: { title: "Promtail", variable: "PROMTAIL_BIN" },
} as const;

export type ProgramName = keyof typeof programs;

/** The name and the version that the containers run, such as "Loki 3.7.8". */
export const withVersion = (name: ProgramName): string => `${programs[name].title} ${versions[name]}`;

/** The path of a program: its variable's, else the one on the PATH. A variable that names no program is refused. */
export function findInstalled(name: ProgramName, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { title, variable } = programs[name];
  const given = env[variable];
  if (!given) return findOnPath(name, env.PATH);
  const program = resolve(given);
  if (isProgram(program)) return program;
  throw new UserError(
    `${variable} is ${given}, but ${program} is no program: set it to ${title}'s, or to nothing for the one on the PATH.`,
  );
}

/** How a program that is missing can be had. */
export function howToGet(name: ProgramName): string {
  const { title, variable } = programs[name];
  return `${title} (${name}) is missing: install ${withVersion(name)} on the PATH, set ${variable} to its program, or start a Docker engine, which runs its container.`;
}

/** The path of an installed program, or a refusal that says how to get it. */
export function requireInstalled(name: ProgramName, env?: NodeJS.ProcessEnv): string {
  const program = findInstalled(name, env);
  if (!program) throw new UserError(howToGet(name));
  return program;
}
