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
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { writeTarget } from "../../src/generator/build.ts";
import { composeTarget } from "../../src/generator/targets.ts";
import { copyOfProject, programOf } from "../support/project.ts";

const project = copyOfProject("GRAFANA_ADMIN_PASSWORD=x\n");
const program = programOf(project);
afterAll(program.remove);
const elsewhere = join(project, "elsewhere");
mkdirSync(elsewhere);
writeFileSync(join(elsewhere, "precious.txt"), "mine");
const data = join(project, ".stack");
afterEach(() => rmSync(data, { recursive: true, force: true }));
const precious = () => expect(readFileSync(join(elsewhere, "precious.txt"), "utf8")).toBe("mine");
const run = (...args: string[]) => program.run(args, { STACK: "native" });

test("npm run clean refuses data that lie elsewhere", async () => {
  symlinkSync(elsewhere, data);
  expect(await run("clean", "--yes")).toEqual({
    status: 1,
    stdout: "",
    stderr: `${data} is a link to ${elsewhere}: remove what is there yourself, then the link; nothing was removed\n`,
  });
  precious();
});

test("of a link in the data it removes the link alone", async () => {
  mkdirSync(data);
  symlinkSync(elsewhere, join(project, ".stack", "loki"));
  expect((await run("clean", "--yes")).status).toBe(0);
  expect(existsSync(data)).toBe(false);
  precious();
});

test("npm run build refuses a build/ that is a link, and a folder in it", async () => {
  rmSync(join(project, "build"), { recursive: true });
  symlinkSync(elsewhere, join(project, "build"));
  expect(await run("build")).toEqual({
    status: 1,
    stdout: "",
    stderr: `${join(project, "build")} is a link to ${elsewhere}: put a folder in its place; nothing was written\n`,
  });
  precious();
  rmSync(join(project, "build"));
  mkdirSync(join(project, "build"));
  symlinkSync(elsewhere, join(project, "build", "grafana-provisioning"));
  expect((await run("build")).stderr).toBe(
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
