import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { freePorts } from "../../src/stack/ports.ts";
import { copyOfProject, programOf } from "../support/project.ts";

const project = copyOfProject("GRAFANA_ADMIN_PASSWORD=x\n");
const { run, remove } = programOf(project);
afterAll(remove);

const start = async (env: Record<string, string>) => {
  const { status, stderr } = await run(["start"], { STACK: "native", ...env });
  return { status, stderr, started: existsSync(join(project, ".stack")) };
};

test("settings that Grafana would refuse are told before anything starts", async () => {
  expect(await start({ SMTP_FROM: "grafana@localhost", ALERT_EMAIL_TO: "equipe" })).toEqual({
    status: 1,
    stderr:
      'SMTP_FROM is "grafana@localhost"; set it to one address whose domain has a dot, such as grafana@example.com.\n' +
      'ALERT_EMAIL_TO is "equipe"; set it to one address, or several with commas or semicolons between, such as a@example.com;b@example.com.\n',
    started: false,
  });
});

test("so are ports that are none, and two that are equal", async () => {
  expect(await start({ LOKI_PORT: "x", KAFKA_PORT: "0" })).toEqual({
    status: 1,
    stderr: 'KAFKA_PORT must be a port from 1 to 65535, not "0"\nLOKI_PORT must be a port from 1 to 65535, not "x"\n',
    started: false,
  });
  expect(await start({ LOKI_PORT: "3000" })).toEqual({
    status: 1,
    stderr: "LOKI_PORT and GRAFANA_PORT are both 3000: give each service a port of its own\n",
    started: false,
  });
});

test("and a GRAFANA_HOME that is none, by its path from where the user stands", async () => {
  mkdirSync(join(project, "away", "bin"), { recursive: true });
  const program = join(project, "away", "bin", "grafana");
  expect(await start({ GRAFANA_HOME: "away", INIT_CWD: project })).toEqual({
    status: 1,
    stderr: `GRAFANA_HOME is away, but ${program} is no program: set it to the folder of an unpacked Grafana\n`,
    started: false,
  });
  writeFileSync(program, "", { mode: 0o755 });
  expect(await start({ GRAFANA_HOME: join(project, "away") })).toMatchObject({
    status: 1,
    stderr: `GRAFANA_HOME is ${join(project, "away")}, but there is no ${join(project, "away", "conf", "defaults.ini")}: set it to the folder of an unpacked Grafana\n`,
  });
});

test("and a port that something else holds", async () => {
  const ports = await freePorts();
  const server = createServer().listen(ports.kafka, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const variable = (name: string) => `${name.replace(/[A-Z]/, "_$&").toUpperCase()}_PORT`;
  const env = Object.fromEntries(Object.entries(ports).map(([name, port]) => [variable(name), String(port)]));
  expect(await start(env)).toEqual({
    status: 1,
    stderr: `port ${ports.kafka} on 127.0.0.1, which Kafka needs, is in use: stop what holds it or set KAFKA_PORT to another port\n`,
    started: false,
  });
  server.close();
});
