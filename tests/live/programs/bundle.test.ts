import { spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folderOfFile } from "../../support/folder.ts";

const BIN = fileURLToPath(new URL("../../../bin", import.meta.url));
const LIBRARIES = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const folder = folderOfFile();
const at = (...names: string[]) => join(folder, ...names);
let program: () => Promise<string>;
const rootBefore = (globalThis as { programRoot?: string }).programRoot;

beforeAll(async () => {
  for (const name of ["bin", "src", "node_modules"]) mkdirSync(at(name));
  for (const name of ["esbuild", "@esbuild", "zod"]) symlinkSync(join(LIBRARIES, name), at("node_modules", name));
  for (const name of ["program.js", "ingestion.js"]) copyFileSync(join(BIN, name), at("bin", name));
  writeFileSync(at("package.json"), '{"type":"module"}');
  writeFileSync(at("src", "place.ts"), "export const place: string = import.meta.url;\n");
  writeFileSync(
    at("src", "cli.ts"),
    'import { z } from "zod";\nimport { place } from "./place.ts";\nexport const call = async () => [place, typeof z].join(" ");\n',
  );
  ({ program } = await import(/* @vite-ignore */ pathToFileURL(at("bin", "program.js")).href));
});
afterAll(() => {
  (globalThis as { programRoot?: string | undefined }).programRoot = rootBefore;
});

const called = async (address: string): Promise<string> => (await import(/* @vite-ignore */ address)).call();

test("each source knows its own place, and libraries are those of the project", async () => {
  expect(await called(await program())).toBe(`${pathToFileURL(at("src", "place.ts")).href} object`);
});

test("it is made once for each state of the sources", async () => {
  const first = await program();
  expect(await program()).toBe(first);
  appendFileSync(at("src", "place.ts"), "// changed\n");
  const second = await program();
  expect(second).not.toBe(first);
  writeFileSync(at("src", "place.ts"), 'export const place = "new";\n');
  expect(await called(await program())).toBe("new object");
});

test("a source that is no TypeScript is named with its place", async () => {
  writeFileSync(at("src", "cli.ts"), 'export { place } from "./place.ts";\n');
  writeFileSync(at("src", "place.ts"), "export const place = ;\n");
  await expect(program()).rejects.toThrow(/^src\/place\.ts, line 1, column 22: Unexpected ";"; mend it there\.$/);
});

test("all that a command wrote reaches the reader of a pipe", () => {
  writeFileSync(
    at("src", "cli.ts"),
    'export const call = async () => Number(process.stdout.write("x".repeat(1e6))) + 3;\n',
  );
  const { status, stdout } = spawnSync(process.execPath, [at("bin", "ingestion.js")], { maxBuffer: 1e7 });
  expect([stdout.length, status]).toEqual([1e6, 3]);
});
