import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join, relative } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { artifacts, provide } from "../../src/stack/artifacts.ts";
import { chooseMode, followsInDocker } from "../../src/stack/docker.ts";
import { firstStart } from "../../src/stack/first-start.ts";
import { findGrafana } from "../../src/stack/grafana.ts";
import { assertPortsFree, freePorts } from "../../src/stack/ports.ts";
import { endProcess, isAlive, startTime } from "../../src/stack/processes.ts";
import { addressFrom } from "../../src/stack/producer.ts";
import { readState, writeState } from "../../src/stack/state.ts";
import { findOnPath, requireTools } from "../../src/stack/tools.ts";
import { folderOfTest } from "../support/folder.ts";
import { served } from "../support/served.ts";

let folder: string;
beforeEach(() => {
  folder = folderOfTest();
});
afterEach(() => vi.unstubAllEnvs());
const sleeper = () => {
  const { pid } = spawn("sleep", ["60"], { stdio: "ignore" });
  return { pid: pid!, started: startTime(pid!)! };
};

test("a process is known by its id and its start time", async () => {
  const target = sleeper();
  expect(isAlive(target)).toBe(true);
  expect(isAlive({ ...target, started: "1" })).toBe(false);
  await endProcess({ ...target, started: "1" });
  expect(isAlive(target)).toBe(true);
  await endProcess(target);
  expect(isAlive(target)).toBe(false);
});

test("the state holds the processes that are still alive", async () => {
  const file = join(folder, "deep", "run.json");
  const [ports, kafka, loki] = [await freePorts(), sleeper(), sleeper()];
  writeState({ ports, processes: { kafka, loki } }, file);
  await endProcess(loki);
  expect(readState(file)).toEqual({ ports, processes: { kafka } });
  await endProcess(kafka);
  expect(readState(file)).toBeUndefined();
  writeState(undefined, file);
  expect(existsSync(file)).toBe(false);
});

test("a state that cannot be read counts as none", () => {
  const file = join(folder, "run.json");
  writeFileSync(file, '{"ports":');
  expect(readState(file)).toBeUndefined();
});

test("a taken port is told with its service and its variable", async () => {
  const ports = await freePorts();
  await served(createServer(), ports.kafka);
  await expect(assertPortsFree(ports, ["loki", "kafka"])).rejects.toThrow(
    `port ${ports.kafka} on 127.0.0.1, which Kafka needs, is in use: stop what holds it or set KAFKA_PORT to another port`,
  );
  await assertPortsFree(ports, ["loki", "promtail"]);
  await served(createServer(), ports.loki);
  await expect(assertPortsFree(ports, ["loki", "kafka"])).rejects.toThrow(
    new RegExp(`^port ${ports.loki} on .+ LOKI_PORT .+\nport ${ports.kafka} on .+ KAFKA_PORT .+$`),
  );
});

test("a missing tool is one sentence", () => {
  vi.stubEnv("PATH", folder);
  expect(() => requireTools(["java", "java"])).toThrow(/^Java \(java\) is missing: .+\.$/);
  expect(() => requireTools(["go", "mvn"])).toThrow(
    /^Go \(go\) is missing: .+ Go 1\.\d+.*\.\nMaven \(mvn\) is missing: .+\.$/,
  );
  expect(() => requireTools([])).not.toThrow();
  expect(findOnPath("sh")).toBeUndefined();
  expect(findOnPath("sh", "/nowhere:/bin")).toBe("/bin/sh");
});

test("built programs are kept by name and version, outside the clone", () => {
  vi.stubEnv("XDG_CACHE_HOME", folder);
  const paths = Object.values(artifacts).map((artifact) => artifact().path);
  expect(paths.every((path) => path.startsWith(join(folder, "ingestion-monitoring")))).toBe(true);
  expect(paths.map((path) => basename(path))).toEqual([
    expect.stringMatching(/^kafka-3\.9\.\d+$/),
    expect.stringMatching(/^kafka-4\.\d+\.\d+$/),
    expect.stringMatching(/^elasticmq-1\.\d+\.\d+$/),
    expect.stringMatching(/^versitygw-v1\.\d+\.\d+$/),
    expect.stringMatching(/^docker-compose-v2\.\d+\.\d+$/),
  ]);
});

const artifact = (make: (out: string) => Promise<void>) => ({
  title: "Thing 1.0",
  path: join(folder, "cache", "thing-1.0"),
  tool: "java" as const,
  duration: "1 s",
  make,
});
const silent = () => {};

test("an artifact is made once, and a failure leaves nothing behind", async () => {
  vi.stubEnv("PATH", folder);
  writeFileSync(join(folder, "java"), "", { mode: 0o755 });
  const failing = artifact(async (out) => {
    writeFileSync(out, "half");
    throw new UserError("go build ended with status 1");
  });
  await expect(provide([failing], { print: silent })).rejects.toThrow(
    "Thing 1.0 could not be built: go build ended with status 1",
  );
  expect(readdirSync(join(folder, "cache"))).toEqual([]);
  const make = vi.fn(async (out: string) => writeFileSync(out, "whole"));
  for (const _ of [1, 2])
    expect(await provide([artifact(make)], { print: silent })).toEqual([join(folder, "cache", "thing-1.0")]);
  expect(make).toHaveBeenCalledOnce();
  expect(readFileSync(join(folder, "cache", "thing-1.0"), "utf8")).toBe("whole");
});

test("of two builders at once both get a whole artifact, a folder too", async () => {
  vi.stubEnv("PATH", folder);
  writeFileSync(join(folder, "java"), "", { mode: 0o755 });
  const slow = artifact(async (out) => {
    mkdirSync(out);
    await new Promise((later) => setTimeout(later, 50));
    writeFileSync(join(out, "a.jar"), "jar");
  });
  await Promise.all([1, 2].map(() => provide([slow], { print: silent })));
  expect(readdirSync(join(folder, "cache"), { recursive: true })).toEqual(["thing-1.0", join("thing-1.0", "a.jar")]);
});

test("the mode is what STACK says", () => {
  expect(["docker", "native"].map((STACK) => chooseMode({ STACK }))).toEqual(["docker", "native"]);
  expect(() => chooseMode({ STACK: "podman" })).toThrow('STACK is "podman"; set it to docker or native.');
});

test("the sample is offered once to the same data", () => {
  const first = firstStart("docker", "volumes of Monday", { folder });
  expect(first.isFirst()).toBe(true);
  first.done();
  expect(first.isFirst()).toBe(false);
  expect(firstStart("docker", "volumes of Tuesday", { folder }).isFirst()).toBe(true);
  expect(firstStart("native", "", { folder }).isFirst()).toBe(true);
});

test("Grafana is found at GRAFANA_HOME, else on the PATH", () => {
  const program = join(folder, "bin", "grafana");
  const path = { PATH: join(folder, "bin") };
  expect(findGrafana(path)).toBeUndefined();
  const refused = (why: string) =>
    expect(() => findGrafana({ GRAFANA_HOME: folder })).toThrow(`GRAFANA_HOME is ${folder}, but ${why}`);
  refused(`${program} is no program`);
  for (const path of ["bin", "conf"]) mkdirSync(join(folder, path));
  writeFileSync(program, "", { mode: 0o644 });
  refused(`${program} is no program`);
  chmodSync(program, 0o755);
  refused(`there is no ${join(folder, "conf", "defaults.ini")}`);
  expect(() => findGrafana(path)).toThrow(
    `${program} is on the PATH, but conf/defaults.ini is in neither ${folder} nor /usr/share/grafana: set GRAFANA_HOME`,
  );
  writeFileSync(join(folder, "conf", "defaults.ini"), "");
  expect(findGrafana({ GRAFANA_HOME: folder })).toEqual({ program, home: folder });
  expect(findGrafana(path)).toEqual({ program, home: folder });
  expect(findGrafana({ GRAFANA_HOME: relative(".", folder) })).toEqual({ program, home: folder });
});

test("the following producer is given the address as the user means it; its container sees S3 only", () => {
  const given = ["s3://b/p/", "/x/y", "file:///x", "logs"];
  expect(given.map(addressFrom)).toEqual(["s3://b/p/", "/x/y", "/x", join(process.cwd(), "logs")]);
  expect(() => addressFrom("ftp://b/p")).toThrow(/^ftp:\/\/b\/p cannot be read: /);
  const follows = ["s3://b/p/", "/x/y", ""].map((INGEST_FROM) => followsInDocker({ INGEST_FROM }));
  expect([...follows, followsInDocker({})]).toEqual([true, false, false, false]);
});
