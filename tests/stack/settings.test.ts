import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { portsFrom } from "../../src/stack/ports.ts";
import { startTime } from "../../src/stack/processes.ts";
import { ensureEnvFile, readSettings, requirePassword, strayLines } from "../../src/stack/settings.ts";
import { writeState } from "../../src/stack/state.ts";
import { folderOfTest } from "../support/folder.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = folderOfTest();
  file = join(folder, ".env");
});
const write = (text: string) => writeFileSync(file, text, { mode: 0o600 });
const state = () => join(folder, "run.json");
const read = (shell: NodeJS.ProcessEnv = {}, other = file) => readSettings({ shell, file: other, state: state() });

test("deploy/.env gets a random password and is readable by its owner only", () => {
  expect(ensureEnvFile(file)).toBe(true);
  const { env } = read();
  expect(env.GRAFANA_ADMIN_PASSWORD).toMatch(/^[\w-]{24}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const other = join(folder, "other");
  ensureEnvFile(other);
  expect(read({}, other).env.GRAFANA_ADMIN_PASSWORD).not.toBe(env.GRAFANA_ADMIN_PASSWORD);
});

test("an existing deploy/.env is never changed", () => {
  write("GRAFANA_ADMIN_PASSWORD=mine\n");
  chmodSync(file, 0o640);
  expect(ensureEnvFile(file)).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("GRAFANA_ADMIN_PASSWORD=mine\n");
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test("nothing optional is set by the example", () => {
  ensureEnvFile(file);
  expect(Object.keys(read().env)).toEqual(["GRAFANA_ADMIN_PASSWORD"]);
});

test("the shell wins over the file", () => {
  write("GRAFANA_ADMIN_PASSWORD=x\nLOKI_PORT=4100\nKAFKA_PORT=4092\n");
  expect(read({ LOKI_PORT: "5100" }).ports).toMatchObject({ loki: 5100, kafka: 4092, zookeeper: 2181 });
});

test("a file that cannot be read is one sentence", () => {
  expect(() => read({}, folder)).toThrow(/^deploy\/\.env cannot be read \(EISDIR.*\); check it\.$/);
});

test("an empty password is refused", () => {
  write("GRAFANA_ADMIN_PASSWORD=\n");
  expect(() => requirePassword(read())).toThrow("GRAFANA_ADMIN_PASSWORD is empty");
});

test.each(["0", "65536", "x", "31 00", "-1"])("%j is no port", (text) => {
  expect(() => portsFrom({ LOKI_PORT: text })).toThrow(`LOKI_PORT is "${text}"; set it to a port from 1 to 65535.`);
});

test("a line of deploy/.env that nothing reads is told", () => {
  const text =
    "# a comment\n\nLOGS_TIMEZONE=America/Toronto\nLOGS_TIMZONE=America/Toronto\nLOGS_TIMEZONE: UTC\nAWS_PROFILE=x\n";
  expect(strayLines(text)).toEqual([
    "deploy/.env, line 4, sets LOGS_TIMZONE, which nothing reads; see deploy/.env.example",
    "deploy/.env, line 5, is no NAME=value: write one, or begin it with #",
  ]);
  expect(strayLines(readFileSync(new URL("../../deploy/.env.example", import.meta.url), "utf8"))).toEqual([]);
});

describe("a native stack that runs", () => {
  const running = () => {
    const self = { pid: process.pid, started: startTime(process.pid)! };
    writeState({ ports: portsFrom({ KAFKA_PORT: "4092", LOKI_PORT: "4100" }), processes: { kafka: self } }, state());
  };

  test("is asked for its ports, which only its own shell had been told", () => {
    running();
    expect(read()).toMatchObject({
      ports: { kafka: 4092, loki: 4100, grafana: 3000 },
      env: { KAFKA_PORT: "4092" },
      overruled: [],
    });
  });

  test("is not asked once it is down", () => {
    const kafka = { pid: process.pid, started: "1" };
    writeState({ ports: portsFrom({ KAFKA_PORT: "4092" }), processes: { kafka } }, state());
    expect(read()).toEqual({ ports: portsFrom({}), env: {}, overruled: [] });
  });

  test("gives way to the shell, and wins over a deploy/.env that was changed since, which is told", () => {
    running();
    write("KAFKA_PORT=5092\nLOKI_PORT=4100\n");
    expect(read({ KAFKA_PORT: "6092" })).toMatchObject({ ports: { kafka: 6092, loki: 4100 }, overruled: [] });
    expect(read()).toMatchObject({
      ports: { kafka: 4092, loki: 4100 },
      overruled: [
        "KAFKA_PORT is 5092 in deploy/.env, but the stack runs with 4092: npm stop, then npm start, to change it.",
      ],
    });
  });
});

test("a settings file that others may read is told", () => {
  write("GRAFANA_ADMIN_PASSWORD=x\n");
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => void stderr.mockRestore());
  chmodSync(file, 0o600);
  read();
  expect(stderr).not.toHaveBeenCalled();
  chmodSync(file, 0o604);
  read();
  expect(stderr.mock.calls).toEqual([
    ["deploy/.env may be read by other users of this machine (mode 604): chmod 600 deploy/.env\n"],
  ]);
});

test("a value means the same to the launcher as to Docker Compose", () => {
  write("GRAFANA_ADMIN_PASSWORD=ab#cd\nSMTP_PASSWORD='a$b'\n");
  expect(read().env).toMatchObject({ GRAFANA_ADMIN_PASSWORD: "ab#cd", SMTP_PASSWORD: "a$b" });
});
