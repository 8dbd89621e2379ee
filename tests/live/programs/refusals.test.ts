import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { writeTarget } from "../../../src/generator/build.ts";
import { composeTarget } from "../../../src/generator/targets.ts";
import { freePorts } from "../../../src/stack/ports.ts";
import { copyOfProject, programOf } from "../../support/project.ts";

const project = copyOfProject("GRAFANA_ADMIN_PASSWORD=x\n");
const { run, remove } = programOf(project);
const NATIVE = { STACK: "native" };
afterAll(remove);

describe("npm start", () => {
  const start = async (env: Record<string, string>) => {
    const { status, stderr } = await run(["start"], { ...NATIVE, ...env });
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
});

describe("links to elsewhere", () => {
  const elsewhere = join(project, "elsewhere");
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, "precious.txt"), "mine");
  const data = join(project, ".stack");
  afterEach(() => rmSync(data, { recursive: true, force: true }));
  const precious = () => expect(readFileSync(join(elsewhere, "precious.txt"), "utf8")).toBe("mine");
  test("npm run clean refuses data that lie elsewhere", async () => {
    symlinkSync(elsewhere, data);
    expect(await run(["clean", "--yes"], NATIVE)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${data} is a link to ${elsewhere}: remove what is there yourself, then the link; nothing was removed\n`,
    });
    precious();
  });

  test("of a link in the data it removes the link alone", async () => {
    mkdirSync(data);
    symlinkSync(elsewhere, join(project, ".stack", "loki"));
    expect((await run(["clean", "--yes"], NATIVE)).status).toBe(0);
    expect(existsSync(data)).toBe(false);
    precious();
  });

  test("npm run build refuses a build/ that is a link, and a folder in it", async () => {
    rmSync(join(project, "build"), { recursive: true });
    symlinkSync(elsewhere, join(project, "build"));
    expect(await run(["build"], NATIVE)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${join(project, "build")} is a link to ${elsewhere}: put a folder in its place; nothing was written\n`,
    });
    precious();
    rmSync(join(project, "build"));
    mkdirSync(join(project, "build"));
    symlinkSync(elsewhere, join(project, "build", "grafana-provisioning"));
    expect((await run(["build"], NATIVE)).stderr).toBe(
      `${join(project, "build", "grafana-provisioning")} is a link to ${elsewhere}: put a folder in its place; nothing was written\n`,
    );
    expect(readdirSync(elsewhere)).toEqual(["precious.txt"]);
  });

  test("so does the native stack its own", async () => {
    mkdirSync(data);
    symlinkSync(elsewhere, join(data, "build"));
    expect(() => writeTarget(join(data, "build"), composeTarget)).toThrow(
      `${join(data, "build")} is a link to ${elsewhere}: put a folder in its place; nothing was written`,
    );
    rmSync(join(data, "build"));
    symlinkSync(join(project, "gone"), join(data, "build"));
    expect(() => writeTarget(join(data, "build"), composeTarget)).toThrow("is a link to");
    renameSync(data, join(project, "real"));
    precious();
  });
});
