import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { filesUnder } from "../../src/core/folder.ts";
import { folderOfTest } from "../support/folder.ts";

test("the files under a folder by their names, without hidden ones, libraries and links that lead nowhere or back", () => {
  const folder = folderOfTest();
  for (const name of ["b", ".hidden", "node_modules"]) mkdirSync(join(folder, name));
  for (const name of ["c", "a", "b/d", ".hidden/e", "node_modules/f", ".g"]) writeFileSync(join(folder, name), "");
  symlinkSync("a", join(folder, "link"));
  symlinkSync("nowhere", join(folder, "lost"));
  symlinkSync("..", join(folder, "b", "back"));
  expect(filesUnder(folder).map((file) => relative(folder, file))).toEqual(["a", "b/d", "c", "link"]);
});
