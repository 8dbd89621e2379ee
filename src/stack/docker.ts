import { spawnSync } from "node:child_process";
import { setting } from "../core/env.ts";
import { UserError } from "../core/errors.ts";
import { composeFile } from "./compose-file.ts";
import { assertPortsFree } from "./ports.ts";
import { run } from "./run.ts";
import type { Settings } from "./settings.ts";
import { findOnPath } from "./tools.ts";

/** Whether a Docker engine answers within 10 s. */
function dockerAnswers(): boolean {
  if (!findOnPath("docker")) return false;
  const { status, stdout } = spawnSync("docker", ["info", "--format", "{{.ServerVersion}}"], {
    encoding: "utf8",
    timeout: 10_000,
  });
  return status === 0 && stdout.trim() !== "";
}

export type Mode = "docker" | "native";

/** `STACK`, else Docker when an engine answers, else native. */
export const chooseMode = (env: NodeJS.ProcessEnv = process.env): Mode =>
  setting(env, "STACK") ?? (dockerAnswers() ? "docker" : "native");

type ComposeOptions = Readonly<{
  files?: readonly string[];
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  inherit?: boolean;
}>;

/** Runs `docker compose` on the stack's file, or on `files`. */
export const compose = (
  args: readonly string[],
  { files = [composeFile], ...options }: ComposeOptions = {},
): Promise<string> => run("docker", ["compose", ...files.flatMap((file) => ["-f", file]), ...args], options);

/** Whether the producer's container follows `INGEST_FROM`: it sees S3, but no local path. */
export const followsInDocker = ({ INGEST_FROM = "" }: NodeJS.ProcessEnv): boolean => INGEST_FROM.startsWith("s3://");

/**
 * Brings the containers up and waits for their health; returns whether everything ran already.
 * What did not run before is stopped again after a failure or an interruption.
 */
export async function startDockerStack({ env, ports }: Settings, signal: AbortSignal): Promise<boolean> {
  await run("docker", ["compose", "version"]).catch((cause) => {
    throw new UserError(
      "docker compose does not run: install Docker with its compose plugin, or run STACK=native npm start.",
      { cause },
    );
  });
  const profile = followsInDocker(env) ? ["--profile", "ingest"] : [];
  const before = await compose(["ps", "--status", "running", "--quiet"], { env });
  if (before === "") await assertPortsFree(ports, ["grafana", "loki", "kafka", "mailpit"], { takenBy: "engine" });
  try {
    await compose([...profile, "up", "--detach", "--build", "--wait", "--remove-orphans"], {
      env,
      signal,
      inherit: true,
    });
  } catch (cause) {
    if (before === "") await compose([...profile, "stop"], { env, inherit: true });
    if (signal.aborted) throw cause;
    throw new UserError("the containers did not come up; docker compose -f deploy/docker-compose.yml logs says why.", {
      cause,
    });
  }
  return before !== "";
}

/** Which data the stack's volumes hold: a value that changes when they are removed and made again. */
export const volumesIdentity = async (): Promise<string> =>
  (await run("docker", ["volume", "inspect", "--format", "{{.CreatedAt}}", "data-ingestion_kafka-data"])).trim();

/** Removes the containers, and with `volumes` their data. */
export function removeDockerStack(env: NodeJS.ProcessEnv, { volumes = false } = {}): Promise<string> {
  const args = ["--profile", "ingest", "down", "--remove-orphans", ...(volumes ? ["--volumes"] : [])];
  // The file asks for a password even to be taken down.
  return compose(args, { env: { ...env, GRAFANA_ADMIN_PASSWORD: env.GRAFANA_ADMIN_PASSWORD || "-" }, inherit: true });
}
