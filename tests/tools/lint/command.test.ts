import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { rules } from "../../../src/tools/lint/rules/index.ts";
import { BUILD } from "../../support/built.ts";
import { called } from "../../support/called.ts";
import { folderOfFile } from "../../support/folder.ts";

const folder = folderOfFile();

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const lintOn = async (terminal: boolean, ...args: readonly string[]) => {
  const here = args.map((arg) => (existsSync(join(folder, arg)) ? join(folder, arg) : arg));
  const { status, stdout, stderr } = await called(["lint:logql", ...here], { terminal });
  return { status, stdout: stdout.replaceAll(`${folder}/`, ""), stderr: stderr.replaceAll(`${folder}/`, "") };
};
const lint = (...args: readonly string[]) => lintOn(false, ...args);
mkdirSync(join(folder, "dashboards"));
write("dashboards/d.json", '{"panels": [{"targets": [{"expr": "{job=~\\"x\\"}", "datasource": {"type": "loki"}}]}]}');
write("dashboards/other.yml", "some: thing\n");
write("good.logql", '{job="x"}\n');
write("rules.txt", 'groups:\n  - rules:\n      - expr: sum(count_over_time({job="x"}[1m]))\n');
write("broken.json", '{"panels": [');
write("foreign.yml", "some: thing\n");

describe("lint:logql", () => {
  test("nothing found in what this project generates", async () => {
    const { status, stdout, stderr } = await lint(BUILD);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toMatch(
      /^(?:\S+\.ya?ml holds no dashboard, no panel and no rule: passed over\.\n){4}\d+ files, \d\d queries: nothing found\n$/,
    );
  });

  test("findings, one a line, of files and folders", async () => {
    expect(await lint("dashboards", "rules.txt", "good.logql")).toEqual({
      status: 1,
      stdout: `dashboards/d.json:1:37 regex-for-equality: job=~"x" matches one text only — write job="x"
rules.txt:3:44 window-too-short: the window of 1m is shorter than the evaluation interval of 1m plus a delivery delay of 30s — look back at least 90s
`,
      stderr:
        "dashboards/other.yml holds no dashboard, no panel and no rule: passed over.\n4 files, 3 queries: 2 findings\n",
    });
  });

  test("grouped by file on a terminal", async () => {
    expect(stripVTControlCharacters((await lintOn(true, "dashboards", "good.logql")).stdout)).toBe(
      'dashboards/d.json\n  dashboards/d.json:1:37 regex-for-equality: job=~"x" matches one text only — write job="x"\n\n',
    );
  });

  test("as JSON", async () => {
    const { status, stdout, stderr } = await lint("--format", "json", "dashboards/d.json", "none.json");
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      files: [{ file: "dashboards/d.json", queries: 1 }],
      findings: [
        {
          file: "dashboards/d.json",
          line: 1,
          column: 37,
          rule: "regex-for-equality",
          message: 'job=~"x" matches one text only',
          suggestion: 'write job="x"',
        },
      ],
      remarks: [],
      unusable: [{ file: "none.json", reason: "does not exist; check its name" }],
    });
  });

  test("rules left out, and another delay", async () => {
    expect(
      (
        await lint(
          "--disable",
          "regex-for-equality,equality-matcher",
          "--disable",
          "window-too-short",
          "dashboards",
          "rules.txt",
        )
      ).status,
    ).toBe(0);
    expect((await lint("--delay", "0", "rules.txt")).status).toBe(0);
    expect((await lint("--delay", "2m", "rules.txt")).stdout).toContain("look back at least 3m");
  });

  test.each([
    ["a missing file", ["none.json"], "none.json does not exist; check its name.\n0 files, 0 queries: nothing found\n"],
    ["a broken file", ["broken.json"], /^broken\.json cannot be read as JSON at 1:\d+ \(.+\); mend it there\.\n/],
    ["an unknown rule", ["--disable", "x", "good.logql"], /"x" is no rule; --help lists them\.\n/],
    ["no duration", ["--delay", "soon", "good.logql"], /Write a duration, as 30s or 2m\.\n/],
    ["no file", [], /missing required argument .+\nnpx ingestion lint:logql --help says what it takes\.\n$/],
    ["an unknown option", ["--nope"], /unknown option/],
  ])("unusable: %s", async (_, args, message) => {
    const { status, stdout, stderr } = await lint(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  test("a file of something else, and in a folder a broken one, are passed over and told", async () => {
    expect(await lint("foreign.yml")).toEqual({
      status: 0,
      stdout: "",
      stderr: "foreign.yml holds no dashboard, no panel and no rule: passed over.\n1 file, 0 queries: nothing found\n",
    });
    mkdirSync(join(folder, "mixed"));
    write("mixed/broken.json", '{"panels": [],}');
    write("mixed/good.logql", '{job="x"}\n');
    expect(await lint("mixed")).toEqual({
      status: 0,
      stdout: "",
      stderr:
        "mixed/broken.json cannot be read as JSON at 1:15 (property name expected); mend it there: passed over.\n2 files, 1 query: nothing found\n",
    });
  });

  test("the help lists every rule with its reason", async () => {
    const { status, stdout } = await lint("--help");
    expect(status).toBe(0);
    for (const { name, reason } of rules)
      expect(stdout).toMatch(new RegExp(`^  ${name} +${reason.replace(/[()+÷]/g, "\\$&")}$`, "m"));
  });
});
