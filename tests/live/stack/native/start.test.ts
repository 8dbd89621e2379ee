import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePorts, portVariables } from "../../../../src/stack/ports.ts";
import { metric, waitForCount } from "../../../support/loki.ts";
import { copyOfProject } from "../../../support/project.ts";

const ports = await freePorts();
const LACKS = [
  "Loki is not installed: the embedded store holds the lines, for trying out (docs/store.md)",
  "Promtail is not installed: the forwarder carries Kafka to Loki",
  "There are no dashboards and no alerts yet: Grafana is not installed.",
  expect.stringMatching(
    /^Get Grafana 12\.4\.\d+, its package or its tarball unpacked with GRAFANA_HOME set to that folder, and run npm start again\.$/,
  ),
];
const lokiUrl = `http://127.0.0.1:${ports.loki}`;
const all = 'sum(count_over_time({job="kafka-logs"} [24h]))';
let project: string;
let env: Record<string, string>;
function launcher(command: string, more: Record<string, string> = {}, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/ingestion.js", command, ...args], {
    cwd: project,
    env: { HOME: process.env.HOME, NO_COLOR: "1", ...env, ...more },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}
const lastLines = ({ stdout }: { stdout: string }) => stdout.trimEnd().split("\n").slice(-LACKS.length);

beforeAll(() => {
  project = copyOfProject("GRAFANA_ADMIN_PASSWORD=x\n");
  // A machine with Java and Node, and nothing else.
  const bin = join(project, "programs");
  mkdirSync(bin);
  symlinkSync(execFileSync("sh", ["-c", "command -v java"], { encoding: "utf8" }).trim(), join(bin, "java"));
  symlinkSync(process.execPath, join(bin, "node"));
  symlinkSync("/usr/bin/env", join(bin, "env"));
  env = { STACK: "native", PATH: bin };
});
afterAll(() => {
  launcher("stop");
  rmSync(project, { recursive: true });
});

test("npm start ends with what is missing; the forwarder carries, the embedded store holds; later commands ask the stack for its ports", async () => {
  const first = launcher("start", portVariables(ports));
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.stdout).toContain("72 read · 72 sent (71 SUCCESS, 1 FAILED) · 0 rejected\n");
  expect(lastLines(first)).toEqual(LACKS);
  await waitForCount(lokiUrl, all, 72);

  const ingested = launcher("ingest");
  expect(ingested).toMatchObject({ status: 0, stdout: expect.stringContaining("72 read · 72 sent") });
  await waitForCount(lokiUrl, all, 144);

  const again = launcher("start");
  expect(again).toMatchObject({ status: 0, stderr: "" });
  expect(again.stdout).toContain(`Loki     ${lokiUrl}  (the embedded store)\n`);
  expect(again.stdout).toMatch(/^The stack was running already \(native processes\):$/m);
  expect(lastLines(again)).toEqual(LACKS);

  expect(launcher("start", { KAFKA_PORT: String(ports.kafka + 1) })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      `the stack runs with kafka on port ${ports.kafka}, not ${ports.kafka + 1}: run npm stop first`,
    ),
  });
  expect(launcher("stop")).toMatchObject({ status: 0 });
  expect(existsSync(join(project, ".stack", "run.json"))).toBe(false);
});

test("what the embedded store held is there after a restart, and gone after a clean", async () => {
  expect(launcher("start", portVariables(ports))).toMatchObject({ status: 0, stderr: "" });
  // A connection of before the stop is still in fetch's pool.
  await expect.poll(() => metric(lokiUrl, all, Date.now())).toEqual({ "": 144 });
  expect(readdirSync(join(project, ".stack", "loki"))).toEqual(["store.jsonl"]);
  expect(launcher("clean", {}, "--yes")).toMatchObject({ status: 0, stderr: "" });
  expect(existsSync(join(project, ".stack"))).toBe(false);
  await expect(fetch(lokiUrl)).rejects.toThrow("fetch failed");
});

test("what a lost record forgot is stopped too, and two starts at once do not both start", async () => {
  const starting = [1, 2].map(() =>
    spawn(process.execPath, ["bin/ingestion.js", "start", "--no-demo"], {
      cwd: project,
      env: { ...env, HOME: process.env.HOME!, ...portVariables(ports) },
    }),
  );
  const ends = await Promise.all(
    starting.map(async (child) => {
      let text = "";
      child.stderr.on("data", (chunk) => (text += chunk));
      const [status] = await once(child, "close");
      return { status, text };
    }),
  );
  expect(ends.map(({ status }) => status).sort()).toEqual([0, 1]);
  expect(ends.find(({ status }) => status === 1)!.text).toMatch(
    /npm start is at work in this checkout \(process \d+\): wait until it has ended, then run npm start again/,
  );
  rmSync(join(project, ".stack", "run.json"));
  expect(launcher("stop")).toMatchObject({ status: 0, stdout: expect.stringContaining("✔ stopping") });
  for (const port of [ports.kafka, ports.zookeeper, ports.loki, ports.forwarder])
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow("fetch failed");
  expect(launcher("stop").stdout).toBe("nothing was running\n");
});
