import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { UserError } from "../core/errors.ts";
import { goModule } from "./go-module.ts";
import { nativeFolder } from "./paths.ts";

const tools = {
  go: {
    title: "Go",
    why: "the tests' S3 server and Docker Compose are built from source once per machine",
    install: () => `Go ${goModule(join(nativeFolder, "versitygw")).go} or newer`,
  },
  java: {
    title: "Java",
    why: "Kafka and ZooKeeper run on it",
    install: () => "a Java 17 runtime (Debian: openjdk-17-jre-headless)",
  },
  mvn: {
    title: "Maven",
    why: "Kafka and ZooKeeper are fetched with it once per machine",
    install: () => "Maven 3.8 or newer (Debian: maven)",
  },
} as const;

export type Tool = keyof typeof tools;

/** Whether a path names a file that may be run. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The path of a program on the PATH, if there is one. */
export const findOnPath = (program: string, path = process.env.PATH ?? ""): string | undefined =>
  path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, program))
    .find(isProgram);

const sentence = (tool: Tool) =>
  `${tools[tool].title} (${tool}) is missing: ${tools[tool].why}; install ${tools[tool].install()}, or start a Docker engine instead.`;

/** Refuses, one sentence a tool, when a program that is needed is not on the PATH. */
export function requireTools(needed: Iterable<Tool>): void {
  const missing = [...new Set(needed)].filter((tool) => !findOnPath(tool));
  if (missing.length > 0) throw new UserError(missing.map(sentence).join("\n"));
}
