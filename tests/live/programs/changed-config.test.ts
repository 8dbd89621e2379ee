import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { rootFolder } from "../../../src/core/places.ts";
import { folderOfTest } from "../../support/folder.ts";

const NOT_COPIED = /^(node_modules|\.git|\.stack|deploy\/\.env)$/;
/** What reads the configuration, or what is generated of it. */
const TESTS = [
  "docs",
  "alerts",
  "alerting",
  "core",
  "generator",
  "queries",
  "services",
  "tools/backtest",
  "tools/diff",
];

test("other thresholds, windows, waits and sources leave npm test green, as README says", () => {
  const project = folderOfTest();
  cpSync(rootFolder, project, { recursive: true, filter: (from) => !NOT_COPIED.test(relative(rootFolder, from)) });
  symlinkSync(join(rootFolder, "node_modules"), join(project, "node_modules"));
  const file = join(project, "src", "config.ts");
  const shipped = readFileSync(file, "utf8");
  const changes = [
    ["p95: seconds(10)", "p95: seconds(20)"],
    ["memory: megabytes(150)", "memory: megabytes(300)"],
    ["rate: percent(2)", "rate: percent(5)"],
    ["failures: runs(1)", "failures: runs(2)"],
    ["window: minutes(15)", "window: minutes(10)"],
    ["wait: seconds(10)", "wait: seconds(20)"],
    ['{ source: "Efficy" }', '{ source: "salesforce", maxSilence: hours(26) }'],
  ] as const;
  for (const [from] of changes) expect(shipped).toContain(from);
  writeFileSync(
    file,
    changes.reduce((text, [from, to]) => text.replace(from, to), shipped),
  );
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: project, encoding: "utf8", stdio: "pipe" });
  expect(run("bin/ingestion.js", "build")).toContain("1-ingestion-health.json");
  const tests = [...TESTS, "tools/preview"].map((name) => `tests/${name}`);
  expect(run("node_modules/vitest/vitest.mjs", "run", "--project=unit", "-u", ...tests)).toMatch(/Tests +.*\d+ passed/);
}, 600_000);
