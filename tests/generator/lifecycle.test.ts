import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { compareStates } from "../../src/tools/diff/compare/compare.ts";
import { stateOf } from "../../src/tools/diff/model/state.ts";
import { readFolder } from "../../src/tools/diff/read/folder.ts";
import { markdown } from "../../src/tools/diff/render/markdown.ts";
import { main as lint } from "../../src/tools/lint/command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const alerting = "build/grafana-provisioning/alerting";
const ROW = '    "4-latence-degradee": latenceDegradee(config, watched),\n';

// Every build is a process of its own.
vi.setConfig({ testTimeout: 60_000 });

/** A project of its own, whose code a test may change. */
let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "lifecycle-"));
  for (const name of ["bin", "src", "build", "ledger.jsonl", "package.json"])
    cpSync(join(root, name), join(project, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
});
afterEach(() => rmSync(project, { recursive: true }));

const read = (path: string) => readFileSync(join(project, path), "utf8");
function change(path: string, from: string, to: string) {
  expect(read(path)).toContain(from);
  writeFileSync(
    join(project, path),
    read(path).replace(from, () => to),
  );
}
function run(...args: readonly string[]) {
  const { RUNBOOK_BASE_URL: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", ...args], {
    cwd: project,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}
const build = () => run("bin/ingestion.js", "build");
const built = () => readFolder(join(project, "build"), "build");
const everything = () => new Map([...built(), ["ledger.jsonl", read("ledger.jsonl")]]);
const ledgerLine = (uid: string) =>
  JSON.parse(
    read("ledger.jsonl")
      .split("\n")
      .find((line) => line.includes(`"uid":"${uid}"`))!,
  );

test("a rule that disappears from the code is removed from running Grafanas, and its uid is never used again", () => {
  const before = everything();
  const stateBefore = stateOf(built());
  change("src/alerts/index.ts", ROW, "");
  expect(build()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(
      'retired: rule "4-latence-degradee"; running Grafanas remove it, and nothing may be called so again (ledger.jsonl)',
    ),
  });
  expect(existsSync(join(project, alerting, "4-latence-degradee.yml"))).toBe(false);
  expect(parse(read(`${alerting}/0-retired.yml`))).toEqual({
    apiVersion: 1,
    deleteRules: [{ orgId: 1, uid: "4-latence-degradee" }],
  });
  expect(ledgerLine("4-latence-degradee")).toEqual({
    status: "retired",
    kind: "rule",
    uid: "4-latence-degradee",
    title: "Latence dégradée",
  });

  const removed = everything();
  expect(build()).toMatchObject({ status: 0, stdout: "build/: 15 files, unchanged\n" });
  expect(everything()).toEqual(removed);
  rmSync(join(project, "build"), { recursive: true });
  expect(build().status).toBe(0);
  expect(everything()).toEqual(removed);

  expect(markdown(compareStates(stateBefore, stateOf(built())), "BASE", "HEAD")).toMatchInlineSnapshot(`
    "**1 change** from BASE to HEAD

    ### Alert rules

    - Rule **Latence dégradée**: removed (> 10 s, for 5 min, warning)
    "
  `);
  let said = "";
  const output = {
    out: () => {},
    err: (text: string) => {
      said += text;
    },
    terminal: false,
  };
  expect(lint([join(project, "build")], output)).toBe(0);
  expect(said).toMatch(
    /^(?:\S+ holds no dashboard, no panel and no rule: passed over\.\n)*\d+ files, \d+ queries: nothing found\n$/,
  );

  const another = run(
    "--eval",
    `import { writeTarget } from "./src/generator/build.ts"; import { nativeTarget } from "./src/generator/targets.ts";
     writeTarget("native", nativeTarget({ ports: { loki: 1, lokiGrpc: 2, promtail: 3, kafka: 4 }, data: "/data", build: "/out" }));`,
  );
  expect(another).toMatchObject({ status: 0, stderr: "" });
  expect(read("native/grafana-provisioning/alerting/0-retired.yml")).toBe(read(`${alerting}/0-retired.yml`));

  change("src/alerts/index.ts", '    "5-surconsommation', `${ROW}    "5-surconsommation`);
  expect(build()).toMatchObject({
    status: 1,
    stderr: `a uid is never used twice; nothing was written:
  rule "Latence dégradée" has the uid "4-latence-degradee" of a rule that was removed (src/alerts/): give it another one, or, if no Grafana has seen the removal yet, set the line of "4-latence-degradee" in ledger.jsonl back to "active"\n`,
  });
  expect(everything()).toEqual(removed);
  change("ledger.jsonl", '"status":"retired"', '"status":"active"');
  expect(build().status).toBe(0);
  expect(everything()).toEqual(before);
});

test("another title, another contact point's name, or another name with the old uid: nothing is removed", () => {
  change("src/alerts/4-latence-degradee.ts", 'title: "Latence dégradée"', 'title: "Lenteur"');
  change("src/alerts/notifications.ts", '"equipe-donnees-sans-retour"', '"equipe-donnees-muette"');
  for (const [path, text] of readFolder(join(project, "src"), "src"))
    writeFileSync(join(project, "src", path), text.replaceAll('"4-latence-degradee"', '"4-lenteur"'));
  change(
    "src/alerts/4-latence-degradee.ts",
    'name: "4-lenteur",',
    'name: "4-lenteur",\n    uid: "4-latence-degradee",',
  );
  expect(build()).toMatchObject({ status: 0, stdout: expect.not.stringContaining("retired:") });
  expect(existsSync(join(project, alerting, "0-retired.yml"))).toBe(false);
  const [group] = parse(read(`${alerting}/4-lenteur.yml`)).groups;
  expect(group).toMatchObject({
    name: "4-lenteur",
    rules: [{ uid: "4-latence-degradee", title: "Lenteur", labels: { rule: "4-lenteur" } }],
  });
  expect(existsSync(join(project, alerting, "4-latence-degradee.yml"))).toBe(false);
  expect(ledgerLine("4-latence-degradee")).toMatchObject({ status: "active", title: "Lenteur" });
  expect(ledgerLine("email-equipe-sans-retour")).toMatchObject({ status: "active", title: "equipe-donnees-muette" });
});

test("a data source of another name takes the place of the old one", () => {
  change("src/generator/outputs.ts", 'DATASOURCE_NAME = "Loki"', 'DATASOURCE_NAME = "Journaux"');
  expect(build().status).toBe(0);
  expect(parse(read("build/grafana-provisioning/datasources/loki.yaml"))).toMatchObject({
    deleteDatasources: [{ orgId: 1, name: "Loki" }],
    datasources: [{ name: "Journaux", uid: "Loki" }],
  });
});

test("without the ledger nothing is built", () => {
  const files = built();
  rmSync(join(project, "ledger.jsonl"));
  expect(build()).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /^ledger\.jsonl cannot be read \(ENOENT.*\); it alone knows what running Grafanas must remove: bring it back with git checkout -- ledger\.jsonl; nothing was written\n$/,
    ),
  });
  expect(built()).toEqual(files);
  expect(existsSync(join(project, "ledger.jsonl"))).toBe(false);
});
