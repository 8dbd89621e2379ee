import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { called } from "../../support/called.ts";
import { folderOfFile } from "../../support/folder.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const folder = folderOfFile();

const recorded = path("../../alerts/verdicts/failure-for-2m.json");
const recordedCase = JSON.parse(readFileSync(recorded, "utf8"));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
/** The known case with another model for one of its queries or expressions, as a file. */
function variant(name: string, index: number, model: object): string {
  const copy = structuredClone({ ...recordedCase, name });
  Object.assign(copy.rule.data[index].model, model);
  return written(`${name}.json`, JSON.stringify(copy));
}

const verdict = (...args: string[]) => called(["verdict", ...args]);

test("prints the timelines as JSON", async () => {
  const { status, stdout, stderr } = await verdict("--profile", "9.4", recorded);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual([{ name: recordedCase.name, verdict: recordedCase.verdict }]);
});

test("follows the pinned version unless it is told another", async () => {
  const { stdout } = await verdict(recorded);
  expect(JSON.parse(stdout)[0].verdict.map(({ labels }: { labels: object }) => labels)).toEqual([
    { datasource_uid: "Loki", ref_id: "A" },
    { source: "sharepoint_graph" },
  ]);
});

test("names what it cannot judge, in one sentence each, and judges the others", async () => {
  const sql = variant("an-sql-expression", 1, { type: "sql" });
  const gte = variant("a-newer-threshold", 2, { conditions: [{ evaluator: { type: "gte", params: [1] } }] });
  const broken = written("broken.json", '{\n  "name": "x"\n  "from": 0\n}\n');
  const others = [sql, recorded, gte, written("empty.json", "{}"), broken, join(folder, "none.json")];
  const { status, stdout, stderr } = await verdict("--profile", "9.4", ...others);
  expect(status).toBe(1);
  expect(JSON.parse(stdout).map(({ name }: { name: string }) => name)).toEqual([recordedCase.name]);
  expect(stderr.trim().split("\n")).toEqual([
    'an-sql-expression.json is no case: rule.data.1.model.type: the expression type "sql" is not supported; use one of reduce, threshold, math, resample, classic_conditions',
    expect.stringMatching(/^empty\.json is no case: name: /),
    `${broken} is not valid JSON ("," or "}" is expected at line 3, character 3, not "\\""); mend it there.`,
    `${join(folder, "none.json")} does not exist; check its name.`,
    'a-newer-threshold: Grafana 9.4 has no threshold "gte"; use one of gt, lt, within_range, outside_range',
  ]);
});
