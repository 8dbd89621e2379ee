import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writerInto } from "../../src/core/write.ts";
import { folderOfTest } from "../support/folder.ts";

test("all files are written, or none", () => {
  const folder = join(folderOfTest(), "new");
  const into = writerInto(folder, "--out new");
  const write = (...names: readonly string[]) => into(new Map(names.map((name) => [name, "1"])));
  write("a", "b");
  expect(readdirSync(folder).sort()).toEqual(["a", "b"]);
  expect(() => write("c", "a/folder")).toThrow("--out new cannot be written (");
  expect(readdirSync(folder).sort()).toEqual(["a", "b"]);
});

test("a place that takes no file is refused before there is one to write", () => {
  const file = join(folderOfTest(), "file");
  writeFileSync(file, "");
  expect(() => writerInto(join(file, "in"), "--out file/in")).toThrow(
    /^--out file\/in cannot be written \(ENOTDIR: .+\); name another place\.$/,
  );
});
