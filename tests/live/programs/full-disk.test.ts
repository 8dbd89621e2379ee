import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SAMPLE } from "../../../src/core/places.ts";
import { systemSentence } from "../../../src/core/system-error.ts";
import { folderOfTest } from "../../support/folder.ts";
import { copyOfProject } from "../../support/project.ts";

const project = copyOfProject("");
rmSync(join(project, "deploy", ".env"));
afterAll(() => rmSync(project, { recursive: true }));

// The program is put together before there is no room for it.
execFileSync(process.execPath, ["bin/ingestion.js", "--help"], { cwd: project });
/** Runs a program of the copy where no file can grow beyond some KiB: a write fails midway, as on a full disk. */
const cramped = (kib: number, args: readonly string[]) =>
  spawnSync("bash", ["-c", `trap '' XFSZ; ulimit -f ${kib}; exec "$@"`, "bash", process.execPath, ...args], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: "1", STACK: "native" },
    encoding: "utf8",
  });

test("npm start that cannot write its settings says so in one sentence", () => {
  const { status, stderr } = cramped(0, ["bin/ingestion.js", "start"]);
  expect(stderr).toBe("A file cannot be used (write: file too large); raise the limit on the size of files.\n");
  expect(status).toBe(1);
});

test("so does npm run build", () => {
  rmSync(join(project, "build"), { recursive: true });
  const { status, stderr } = cramped(4, ["bin/ingestion.js", "build"]);
  expect(stderr).toBe(
    `cannot write to ${join(project, "build")} (EFBIG: file too large, write); nothing was changed\n`,
  );
  expect(status).toBe(1);
});

test("a report that does not fit leaves nothing behind", () => {
  const folder = folderOfTest();
  const period = ["--from", "2025-09-01", "--to", "2025-10-01"];
  const args = ["bin/ingestion.js", "--no-settings", "report", "--logs", SAMPLE, ...period, "--out", folder];
  const { stderr } = cramped(8, args);
  expect(stderr).toContain(`--out ${folder} cannot be written (EFBIG: `);
  expect(readdirSync(folder)).toEqual([]);
});

test("the sentence names the file, what is wrong and the way out; other errors are none of these", () => {
  const error = (code: string, errno: number) =>
    Object.assign(new Error(code), { code, errno, syscall: "open", path: "/data/run.json" });
  expect(systemSentence(error("ENOSPC", -28))).toBe(
    "/data/run.json cannot be used (open: no space left on device); free some space and run it again.",
  );
  expect(systemSentence(error("EACCES", -13))).toBe(
    "/data/run.json cannot be used (open: permission denied); check its rights.",
  );
  expect(systemSentence(error("ENOTDIR", -20))).toBe(
    "/data/run.json cannot be used (open: not a directory); see that it is there, and what it is.",
  );
  expect(systemSentence(new TypeError("a bug"))).toBeUndefined();
});
