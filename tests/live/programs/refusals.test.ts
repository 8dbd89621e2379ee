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
import { freePorts, portVariables } from "../../../src/stack/ports.ts";
import { copyOfProject, programOf } from "../../support/project.ts";
import { served } from "../../support/served.ts";

const project = copyOfProject("GRAFANA_ADMIN_PASSWORD=x\n");
const { run, remove } = programOf(project);
const NATIVE = { STACK: "native" };
afterAll(remove);

describe("npm start", () => {
  /** What is told before anything starts. */
  const refused = async (env: Record<string, string>, ...sentences: readonly string[]) => {
    const { status, stderr } = await run(["start"], { ...NATIVE, ...env });
    expect({ status, stderr }).toEqual({ status: 1, stderr: sentences.map((one) => `${one}\n`).join("") });
    expect(existsSync(join(project, ".stack"))).toBe(false);
  };

  test("settings that Grafana would refuse are told before anything starts", () =>
    refused(
      { SMTP_FROM: "grafana@localhost", ALERT_EMAIL_TO: "equipe" },
      'SMTP_FROM is "grafana@localhost"; set it to one address whose domain has a dot, such as grafana@example.com.',
      'ALERT_EMAIL_TO is "equipe"; set it to one address, or several with commas or semicolons between, such as a@example.com;b@example.com.',
    ));

  test("so are ports that are none, and two that are equal", async () => {
    await refused(
      { LOKI_PORT: "x", KAFKA_PORT: "0" },
      'KAFKA_PORT is "0"; set it to a port from 1 to 65535.',
      'LOKI_PORT is "x"; set it to a port from 1 to 65535.',
    );
    const twins = "LOKI_PORT and GRAFANA_PORT are both 3000: give each service a port of its own.";
    await refused({ LOKI_PORT: "3000" }, twins);
  });

  test("and a GRAFANA_HOME that is none, by its path from where the user stands", async () => {
    const [home, right] = [join(project, "away"), "set it to the folder of an unpacked Grafana"];
    const program = join(home, "bin", "grafana");
    mkdirSync(join(home, "bin"), { recursive: true });
    await refused({ GRAFANA_HOME: "away" }, `GRAFANA_HOME is away, but ${program} is no program: ${right}.`);
    writeFileSync(program, "", { mode: 0o755 });
    const missing = join(home, "conf", "defaults.ini");
    await refused({ GRAFANA_HOME: home }, `GRAFANA_HOME is ${home}, but there is no ${missing}: ${right}.`);
  });

  test("and a port that something else holds", async () => {
    const ports = await freePorts();
    await served(createServer(), ports.kafka);
    const how = "stop what holds it or set KAFKA_PORT to another port.";
    const sentence = `port ${ports.kafka} on 127.0.0.1, which Kafka needs, is in use: ${how}`;
    await refused(portVariables(ports), sentence);
  });
});

test("a file is named from where the user stands, also in a script of npm, which runs in the project's folder", async () => {
  const asked = (folder: string) =>
    run(["lint:logql", "docker-compose.yml"], { npm_lifecycle_event: "lint:logql", INIT_CWD: folder });
  expect((await asked(join(project, "deploy"))).status).toBe(0);
  expect(await asked(project)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^docker-compose\.yml does not exist/),
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
    const { status, stderr } = await run(["clean", "--yes"], NATIVE);
    const sentence = `${data} is a link to ${elsewhere}: remove what is there yourself, then the link; nothing was removed.`;
    expect([status, stderr]).toEqual([1, `${sentence}\n`]);
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
    const refused = async (link: string) => {
      const sentence = `${link} is a link to ${elsewhere}: put a folder in its place; nothing was written`;
      expect(await run(["build"], NATIVE)).toEqual({ status: 1, stdout: "", stderr: `${sentence}\n` });
    };
    await refused(join(project, "build"));
    precious();
    rmSync(join(project, "build"));
    mkdirSync(join(project, "build"));
    symlinkSync(elsewhere, join(project, "build", "grafana-provisioning"));
    await refused(join(project, "build", "grafana-provisioning"));
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
