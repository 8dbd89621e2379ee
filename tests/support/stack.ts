import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { composeFile } from "../../src/stack/compose-file.ts";
import { createTopics } from "../../src/stack/create-topics.ts";
import { chooseMode, compose } from "../../src/stack/docker.ts";
import { endWithProcess } from "../../src/stack/lifetime.ts";
import { addressesOf, type Stack, startNative } from "../../src/stack/native.ts";
import { deployFolder } from "../../src/stack/paths.ts";
import { freePorts } from "../../src/stack/ports.ts";
import type { NativeOptions, ServiceName } from "../../src/stack/service.ts";
import { temporary } from "./temporary.ts";

export const testComposeFile = join(deployFolder, "docker-compose.test.yml");

/** One container of a service, whatever COLLECTOR says. */
const alone = (name: string) => ["--scale", `${name}=1`];

/** The services in containers of their own project, removed with their volumes by `stop`. One such stack at a time. */
async function startDocker({ ports, services, tenants = false }: NativeOptions): Promise<Stack> {
  const secret = () => randomBytes(15).toString("hex");
  const s3 = { accessKeyId: secret(), secretAccessKey: secret() };
  const env = {
    ...process.env,
    LOKI_PORT: String(ports.loki),
    KAFKA_PORT: String(ports.kafka),
    GRAFANA_PORT: String(ports.grafana),
    MAILPIT_PORT: String(ports.mailpit),
    S3_PORT: String(ports.s3),
    GRAFANA_ADMIN_PASSWORD: secret(),
    S3_ACCESS_KEY: s3.accessKeyId,
    S3_SECRET_KEY: s3.secretAccessKey,
    LOKI_TENANTS: String(tenants),
  };
  const addresses = addressesOf(ports);
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
    if (services.includes("kafka")) await createTopics({ brokers: [addresses.kafkaBrokers] });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...addresses,
    s3,
    stop,
    kill: async (name, how = "SIGKILL") => void (await test("kill", "--signal", how, name)),
    start: async (name) => void (await test("up", "--detach", "--wait", "--no-deps", ...alone(name), name)),
  };
}

/**
 * The services a test asks for, on free ports: containers when a Docker engine answers (or STACK=docker), else
 * processes. What they write is removed by `stop`, unless the test names its own folder.
 */
export async function startStack(
  services: readonly ServiceName[],
  options: Partial<NativeOptions> = {},
): Promise<Stack> {
  const { folder, remove } = temporary();
  const asked = { data: folder, ports: await freePorts(), services, print: (line: string) => console.log(line) };
  const start = chooseMode() === "docker" ? startDocker : startNative;
  try {
    const stack = await start({ ...asked, ...options });
    return { ...stack, stop: () => stack.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
