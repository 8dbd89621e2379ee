import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { config } from "../../src/config.ts";
import { writeTarget } from "../../src/generator/build.ts";
import { nativeTarget } from "../../src/generator/targets.ts";
import { requireInstalled } from "../../src/stack/installed.ts";
import { freePorts } from "../../src/stack/ports.ts";
import { answers } from "../../src/stack/ready.ts";
import { valueNow } from "./loki.ts";
import { table, until } from "./measure.ts";

const DAY = 86_400_000;
const LINES = 100;
const kept = config.retention.value / 86_400;
const ages = [kept + 8, kept + 3, kept - 1, 30, 0];

const lines = (age: number) => ({
  stream: { job: "kafka-logs", source: `age-${age}` },
  values: Array.from({ length: LINES }, (_, index) => [`${Date.now() - age * DAY + index}000000`, `line ${index}`]),
});
const count = (url: string, age: number) => valueNow(url, `sum(count_over_time({source="age-${age}"}[${age + 1}d]))`);

/**
 * Stores lines of several ages with the shipped configuration, lets the compactor work in seconds instead of hours, and
 * counts what is left.
 */
export async function benchRetention(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), "retention-"));
  const ports = await freePorts();
  const build = join(data, "build");
  writeTarget(build, nativeTarget({ ports, data, build }));
  const program = requireInstalled("loki");
  const url = `http://127.0.0.1:${ports.loki}`;
  let loki: ChildProcess | undefined;
  const start = async (...flags: string[]) => {
    loki = spawn(program, [`-config.file=${join(build, "loki-config.yml")}`, ...flags], { cwd: data, stdio: "ignore" });
    await until("Loki", 120, () => answers(`${url}/ready`), 200);
  };
  const stop = async () => {
    if (loki?.exitCode !== null || !loki.kill("SIGTERM")) return;
    await once(loki, "exit");
  };
  const chunks = () =>
    readdirSync(join(data, "loki", "chunks"), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !/index|loki_cluster/.test(`${entry.parentPath}/${entry.name}`),
    ).length;
  try {
    await start();
    const response = await fetch(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ streams: ages.map(lines) }),
    });
    if (!response.ok) throw new Error(`Loki refused the lines: ${response.status} ${await response.text()}`);
    // A stop writes chunks and index; the compactor sees only what is written.
    await stop();
    await start("-compactor.compaction-interval=2s", "-compactor.retention-delete-delay=1s");
    const before = await Promise.all(ages.map((age) => count(url, age)));
    const all = chunks();
    const gone = ages.filter((age) => age > kept).length;
    await until("the compactor's deletion", 180, async () => chunks() <= all - gone, 1000);
    await stop();
    // A fresh start, so that no answer comes from a cache.
    await start();
    const after = await Promise.all(ages.map((age) => count(url, age)));
    const wrong = ages.filter((age, index) => before[index] !== LINES || after[index] !== (age > kept ? 0 : LINES));
    if (wrong.length > 0)
      throw new Error(
        `lines of ${wrong.join(", ")} days are not as the retention of ${kept} days wants: ${before} before, ${after} after`,
      );
    return table(
      ["age of the lines", "stored", "left"],
      ages.map((age, index) => [`${age} days`, String(before[index]), String(after[index])]),
    );
  } finally {
    await stop();
    rmSync(data, { recursive: true, force: true });
  }
}
