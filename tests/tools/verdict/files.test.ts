import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCase } from "../../../src/tools/verdict/files.ts";
import { folderOfFile } from "../../support/folder.ts";

const folder = folderOfFile();

test("a file of a case that cannot be used is one sentence", () => {
  const file = join(folder, "case.json");
  expect(() => readCase(file)).toThrow(`${file} does not exist; check its name.`);
  writeFileSync(file, '{\n  "name": "x"\n  "from": 0\n}\n');
  expect(() => readCase(file)).toThrow(
    `${file} is not valid JSON ("," or "}" is expected at line 3, character 3, not "\\""); mend it there`,
  );
  writeFileSync(file, "{}");
  expect(() => readCase(file)).toThrow("case.json is no case: ");
});
