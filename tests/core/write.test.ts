import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeInto } from "../../src/core/write.ts";
import { folderOfTest } from "../support/folder.ts";

test("all files are written, or none", () => {
  const folder = join(folderOfTest(), "new");
  const write = (...names: readonly string[]) => writeInto(folder, new Map(names.map((name) => [name, "1"])));
  write("a", "b");
  expect(readdirSync(folder).sort()).toEqual(["a", "b"]);
  expect(() => write("c", "a/folder")).toThrow();
  expect(readdirSync(folder).sort()).toEqual(["a", "b"]);
});
