import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeTarget } from "../../src/generator/build.ts";
import { composeTarget } from "../../src/generator/targets.ts";
import { copyOfProject, runIn } from "../support/project.ts";

let project: string;
let elsewhere: string;
beforeEach(() => {
  project = copyOfProject("GRAFANA_ADMIN_PASSWORD=x\n");
  cpSync("ledger.jsonl", join(project, "ledger.jsonl"));
  elsewhere = join(project, "elsewhere");
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, "precious.txt"), "mine");
});
afterEach(() => rmSync(project, { recursive: true }));
const precious = () => expect(readFileSync(join(elsewhere, "precious.txt"), "utf8")).toBe("mine");
const run = (...args: string[]) => runIn(project, args, { STACK: "native" });

test("npm run clean refuses data that lie elsewhere", () => {
  symlinkSync(elsewhere, join(project, ".stack"));
  expect(run("bin/ingestion.js", "clean", "--yes")).toEqual({
    status: 1,
    stdout: "",
    stderr: `${join(project, ".stack")} is a link to ${elsewhere}: remove what is there yourself, then the link; nothing was removed\n`,
  });
  precious();
});

test("of a link in the data it removes the link alone", () => {
  mkdirSync(join(project, ".stack"));
  symlinkSync(elsewhere, join(project, ".stack", "loki"));
  expect(run("bin/ingestion.js", "clean", "--yes").status).toBe(0);
  expect(existsSync(join(project, ".stack"))).toBe(false);
  precious();
});

test("npm run build refuses a build/ that is a link, and a folder in it", () => {
  rmSync(join(project, "build"), { recursive: true });
  symlinkSync(elsewhere, join(project, "build"));
  expect(run("bin/ingestion.js", "build")).toEqual({
    status: 1,
    stdout: "",
    stderr: `${join(project, "build")} is a link to ${elsewhere}: put a folder in its place; nothing was written\n`,
  });
  precious();
  rmSync(join(project, "build"));
  mkdirSync(join(project, "build"));
  symlinkSync(elsewhere, join(project, "build", "grafana-provisioning"));
  expect(run("bin/ingestion.js", "build").stderr).toBe(
    `${join(project, "build", "grafana-provisioning")} is a link to ${elsewhere}: put a folder in its place; nothing was written\n`,
  );
  expect(readdirSync(elsewhere)).toEqual(["precious.txt"]);
});

test("so does the native stack its own", () => {
  const data = join(project, ".stack");
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
