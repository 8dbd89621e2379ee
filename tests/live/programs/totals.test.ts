import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Run, totals } from "../../../.ci/totals.ts";
import { folderOfFile } from "../../support/folder.ts";

const folder = folderOfFile();

const run = (fields: Partial<Run>): Run => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  success: true,
  ...fields,
});

test.each<[string, (Run | undefined)[], string]>([
  ["all passed", [run({ numPassedTests: 3 }), run({ numPassedTests: 4 })], "7 passed, 0 failed"],
  [
    "some failed",
    [run({ numPassedTests: 3, numFailedTests: 2, success: false }), run({ numPassedTests: 1 })],
    "4 passed, 2 failed",
  ],
  [
    "skipped and left to do",
    [run({ numPassedTests: 1, numPendingTests: 2, numTodoTests: 1 })],
    "1 passed, 0 failed, 3 skipped",
  ],
  ["a run that failed outside its tests", [run({ numPassedTests: 5, success: false })], "5 passed, 1 failed"],
  ["a run without a report", [run({ numPassedTests: 5 }), undefined], "5 passed, 1 failed"],
  ["nothing at all", [], "0 passed, 0 failed"],
])("%s", (_, runs, line) => expect(totals(runs)).toBe(line));

test("as .ci/run calls it: reports by their labels; one that is missing or cut off is a failure", () => {
  writeFileSync(join(folder, "good.json"), JSON.stringify(run({ numPassedTests: 2 })));
  const assertionResults = ["passed", "failed"].map((status) => ({ status, fullName: `a test that ${status}` }));
  const bad = run({ numPassedTests: 1, numFailedTests: 1, success: false, testResults: [{ assertionResults }] });
  writeFileSync(join(folder, "bad.json"), JSON.stringify(bad));
  writeFileSync(join(folder, "cut.json"), '{"numPassedTests": 2');
  const program = fileURLToPath(new URL("../../../.ci/totals.ts", import.meta.url));
  const output = execFileSync(process.execPath, ["--import", "tsx", program, folder, "good", "bad", "cut", "missing"], {
    encoding: "utf8",
  });
  expect(output.split("\n")).toEqual([
    "failed: bad: a test that failed",
    "failed: cut: outside its tests",
    "failed: missing: outside its tests",
    "3 passed, 3 failed",
    "",
  ]);
});
