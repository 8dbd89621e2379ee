import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { composeFile } from "./compose-file.ts";
import { createTopics } from "./create-topics.ts";
import { chooseMode, compose, testComposeFile } from "./docker.ts";
import { endWithProcess } from "./lifetime.ts";
import type { NativeOptions } from "./native.ts";
import { startNative } from "./native.ts";
import type { Stack } from "./stack.ts";

type TestOptions = Pick<NativeOptions, "data" | "ports" | "services" | "tenants" | "env" | "print">;

/** One container of a service, whatever COLLECTOR says. */
const alone = (name: string) => ["--scale", `${name}=1`];

/** The services in containers of their own project, removed with their volumes by `stop`. One such stack at a time. */
async function startDocker({
  ports,
  services,
  tenants = false,
  env: variablesGiven = process.env,
}: TestOptions): Promise<Stack> {
  const secret = () => randomBytes(15).toString("hex");
  const s3 = { accessKeyId: secret(), secretAccessKey: secret() };
  const variables = {
    LOKI_PORT: ports.loki,
    KAFKA_PORT: ports.kafka,
    GRAFANA_PORT: ports.grafana,
    MAILPIT_PORT: ports.mailpit,
    S3_PORT: ports.s3,
  };
  const texts = Object.fromEntries(Object.entries(variables).map(([name, port]) => [name, String(port)]));
  const env = {
    ...variablesGiven,
    ...texts,
    GRAFANA_ADMIN_PASSWORD: secret(),
    S3_ACCESS_KEY: s3.accessKeyId,
    S3_SECRET_KEY: s3.secretAccessKey,
    LOKI_TENANTS: String(tenants),
  };
  const kafkaBrokers = `127.0.0.1:${ports.kafka}`;
  const files = [composeFile, testComposeFile];
  const test = (...args: string[]) => compose(args, { files, env });
  const down = ["down", "--volumes", "--remove-orphans", "--timeout", "5"];
  const stop = async () => {
    await test(...down);
    forget();
  };
  const killNow = () => spawnSync("docker", ["compose", ...files.flatMap((file) => ["-f", file]), ...down], { env });
  const forget = endWithProcess({ stop, killNow });
  try {
    await test("up", "--detach", "--build", "--wait", ...services.flatMap(alone), ...services);
    if (services.includes("kafka")) await createTopics({ brokers: [kafkaBrokers] });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    lokiUrl: `http://127.0.0.1:${ports.loki}`,
    kafkaBrokers,
    s3Url: `http://127.0.0.1:${ports.s3}`,
    s3,
    stop,
    kill: async (name, how = "SIGKILL") => void (await test("kill", "--signal", how, name)),
    start: async (name) => void (await test("up", "--detach", "--wait", "--no-deps", ...alone(name), name)),
  };
}

/** The services a test asks for: containers when a Docker engine answers (or STACK=docker), else processes. */
export const startStack = (options: TestOptions): Promise<Stack> =>
  chooseMode() === "docker" ? startDocker(options) : startNative(options);
