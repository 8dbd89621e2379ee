import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { ownProgram } from "../../../src/stack/own-program.ts";
import { folderOfTest } from "../../support/folder.ts";
import { gitIn } from "../../support/git.ts";
import { built, DASHBOARDS, edited, type Files, panel, diff as run, written } from "../../tools/diff/support.ts";

const HEALTH = `${DASHBOARDS}/1-ingestion-health.json`;

let folder: string;
beforeEach(() => {
  folder = folderOfTest();
});

const write = (name: string, files: Files) => written(folder, name, files);
/** What the command says, without the folder's name. */
async function diff(...args: string[]) {
  const { status, out, err } = await run(folder, ...args);
  return { status, out: out.replaceAll(folder, "TMP"), err: err.replaceAll(folder, "TMP") };
}
const refresh = (value: string) => edited(HEALTH, (dashboard) => Object.assign(dashboard, { refresh: value }));

test("the real command line: its exit status, and no colours off a terminal", () => {
  const [a, b] = [write("a", built), write("b", refresh("5m"))];
  const { status, stdout, stderr } = spawnSync(process.execPath, ownProgram("diff", "--from", a, "--to", b), {
    cwd: folder,
    // Where CI is set, the colours' library takes a pipe for a terminal.
    env: { ...process.env, CI: "true" },
    encoding: "utf8",
  });
  expect([status, stdout.split("\n")[0], stderr]).toEqual([1, `1 change from ${a} to ${b}`, ""]);
  expect(stdout).not.toContain("\x1b");
});

describe("two folders", () => {
  test("nothing changed: one line, status 0", async () => {
    const [a, b] = [write("a", built), write("b", built)];
    expect(await diff("--from", a, "--to", b)).toEqual({
      status: 0,
      out: "Nothing changed between TMP/a and TMP/b.\n",
      err: "",
    });
  });

  test("something changed: status 1, the same bytes each time", async () => {
    const [a, b] = [write("a", built), write("b", refresh("5m"))];
    const once = await diff("--from", a, "--to", b);
    const out = "1 change from TMP/a to TMP/b\n\nDashboard “1 · Santé de l'ingestion”\n  refresh: 1 min → 5 min\n";
    expect(once).toEqual({ status: 1, out, err: "" });
    expect(await diff("--from", a, "--to", b)).toEqual(once);
    expect((await diff("--from", a, "--to", b, "--format", "markdown")).out).toContain("- refresh: 1 min → 5 min");
    expect(JSON.parse((await diff("--from", a, "--to", b, "--format", "json")).out).count).toBe(1);
  });

  test("a folder without anything of Grafana's is one sentence, status 2", async () => {
    const [a, b] = [write("a", built), write("b", new Map([["package.json", "{}"]]))];
    const { status, out, err } = await diff("--from", a, "--to", b);
    expect([status, out, err.split("\n").length]).toEqual([2, "", 2]);
    expect(err).toMatch(/^TMP\/b holds no dashboard, .+\.\n$/);
  });

  test.each([
    ["a broken dashboard", "dashboards/a.json", '{"panels": [', '{"panels": [1'],
    ["a broken rule file", "alerting/a.yml", "groups: [\n  - x", "groups: [\n  - y"],
  ])("%s is named and compared as text", async (_, path, before, after) => {
    const [a, b] = [write("a", new Map([[path, before]])), write("b", new Map([[path, after]]))];
    const { status, out, err } = await diff("--from", a, "--to", b);
    expect(status).toBe(1);
    expect(out).toMatch(/Other files\n {2}~ file “a\.(?:json|yml)”\n {6}text: .+ → .+\n$/);
    const sentence = (side: string) =>
      String.raw`TMP/${side}/(?:dashboards|alerting)/a\.(?:json|yml) is not valid (?:JSON|YAML) \(.+\): it is compared as text\.\n`;
    expect(err).toMatch(new RegExp(`^${sentence("a")}${sentence("b")}$`));
  });

  test.each([
    [["--from", "nowhere", "--to", "."], "nowhere does not exist; check its name.\n"],
    [["--from", "."], "Name both folders: --from DIR --to DIR.\n"],
    [["HEAD", "--from", ".", "--to", "."], "Name two commits, or two folders with --from DIR --to DIR, not both.\n"],
    [[], "There is no commit here to compare with; name two folders with --from DIR --to DIR.\n"],
    [
      ["--format", "xml"],
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are terminal, markdown, json.\nnpx ingestion diff --help says what it takes.\n",
    ],
  ])("%j is an error", async (args, err) => expect(await diff(...args)).toEqual({ status: 2, out: "", err }));
});

describe("a repository", () => {
  const git = gitIn(() => folder);
  const commit = (files: Files) => {
    write("build", files);
    git("add", "-A");
    git("commit", "-qm", "x", "--allow-empty");
    return git("rev-parse", "HEAD");
  };

  test("the working tree is compared with where the branch left main, main with itself", async () => {
    git("init", "-q", "-b", "main");
    commit(built);
    git("checkout", "-qb", "topic");
    commit(refresh("2m"));
    git("checkout", "-q", "main");
    commit(edited(HEALTH, (dashboard) => Object.assign(dashboard, { title: "Elsewhere" })));
    expect((await diff()).out).toMatch(
      /^Nothing changed between [0-9a-f]{9} \(where this branch left main\) and the working tree\.\n$/,
    );
    git("checkout", "-q", "topic");
    write("build", refresh("10s"));
    const { status, out } = await diff();
    const head = "1 change from COMMIT (where this branch left main) to the working tree";
    const changes = "Dashboard “1 · Santé de l'ingestion”\n  refresh: 1 min → 10 s\n";
    expect([status, out.replace(/[0-9a-f]{9}/, "COMMIT")]).toEqual([1, `${head}\n\n${changes}`]);
  });

  test("two commits; one that had no build/ yet; one that does not exist", async () => {
    git("init", "-q", "-b", "trunk");
    git("commit", "-qm", "empty", "--allow-empty");
    const first = commit(built);
    const second = commit(refresh("2m"));
    write("build", refresh("10s"));
    expect((await diff(first, second)).out.split("\n").slice(-2)).toEqual(["  refresh: 1 min → 2 min", ""]);
    expect((await diff(first)).out.split("\n").slice(-2)).toEqual(["  refresh: 1 min → 10 s", ""]);
    expect((await diff()).out).toMatch(/^1 change from HEAD \([0-9a-f]{9}\) to the working tree\n/);
    expect((await diff(`${first}~1`, first)).out).toMatch(/\+ added \(\d+ panels: “Succès”/);
    expect((await diff("nothing")).err).toBe(
      '"nothing" is no commit of this repository; name one that "git log" shows, or fetch it.\n',
    );
    expect((await diff("--", "--output=x")).err).toContain("is no commit of this repository");
  });

  test("from a folder inside it; a build/ beside it is not its own", async () => {
    write("build", built);
    folder = join(folder, "project");
    mkdirSync(join(folder, "src"), { recursive: true });
    git("init", "-q", "-b", "trunk");
    commit(built);
    write("build", refresh("10s"));
    const { out } = await run(join(folder, "src"));
    expect(out).toContain("  refresh: 1 min → 10 s\n");
    rmSync(join(folder, "build"), { recursive: true });
    expect((await diff()).out).toContain("  - removed (8 panels: ");
  });

  test("the effect is always told, but with --no-effect; a Loki that does not answer is named", async () => {
    git("init", "-q", "-b", "trunk");
    const base = commit(built);
    const files = edited(HEALTH, (dashboard) => {
      const [target] = panel(dashboard, "Succès").targets;
      target.expr = target.expr.replace("SUCCESS", "FAILED");
    });
    write("build", files);
    const change = 'query: etat="SUCCESS" → etat="FAILED"';
    const effect = "effect: value on the sample: 71 → 1";
    const { out } = await diff(base);
    expect(out).toContain(change);
    expect(out).toContain(effect);
    expect(await diff(base, "--effect")).toEqual({ status: 1, out, err: "" });
    const without = await diff(base, "--no-effect");
    expect(without).toMatchObject({ status: 1, err: "" });
    expect(without.out).toContain(change);
    expect(without.out).not.toContain("effect:");
    expect(await diff(base, "--loki", "http://127.0.0.1:1")).toEqual({
      status: 2,
      out: "",
      err: expect.stringMatching(
        /^The effect cannot be told: Loki at http:\/\/127\.0\.0\.1:1 does not answer \([^\n]+\); [^\n]+\.\n$/,
      ),
    });
  });

  test("a file that was broken in a commit is named with it", async () => {
    git("init", "-q", "-b", "trunk");
    const broken = commit(new Map([["grafana-provisioning/dashboards/a.json", "{"]]));
    const { status, err } = await diff(broken);
    expect([status, err.replace(/[0-9a-f]{9}/, "COMMIT").split("\n")[0]]).toEqual([
      0,
      'build/ at COMMIT: grafana-provisioning/dashboards/a.json is not valid JSON (a name in double quotes or "}" is expected at character 2, where the text ends): it is compared as text.',
    ]);
  });
});
