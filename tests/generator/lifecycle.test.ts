import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { latenceDegradee } from "../../src/alerts/4-latence-degradee.ts";
import { alertFile } from "../../src/alerts/rule-file.ts";
import { config } from "../../src/config.ts";
import { writeTarget } from "../../src/generator/build.ts";
import { sentencesOf } from "../../src/generator/command.ts";
import { parseLedger } from "../../src/generator/ledger.ts";
import { composeTarget } from "../../src/generator/targets.ts";
import { watches } from "../../src/queries/watches.ts";
import { compareStates } from "../../src/tools/diff/compare/compare.ts";
import { stateOf } from "../../src/tools/diff/model/state.ts";
import { readFolder } from "../../src/tools/diff/read/states.ts";
import { markdown } from "../../src/tools/diff/render/markdown.ts";
import { called } from "../support/called.ts";
import { folderOfTest } from "../support/folder.ts";

const RETIRED = "grafana-provisioning/alerting/0-retired.yml";
const GONE = '"kind":"rule","uid":"6-ancienne","title":"Ancienne"';

/**
 * A project of its own, whose ledger a test may change: what the code no longer gives is what the ledger alone knows.
 */
let project: string;
beforeEach(() => {
  vi.stubEnv("RUNBOOK_BASE_URL", undefined);
  project = folderOfTest();
  writeFileSync(join(project, "ledger.jsonl"), readFileSync("ledger.jsonl"));
  build();
});
afterEach(() => vi.unstubAllEnvs());

const read = (path: string) => readFileSync(join(project, path), "utf8");
const build = () =>
  sentencesOf(
    writeTarget(join(project, "build"), composeTarget, { ledger: join(project, "ledger.jsonl"), keep: true }),
  );
const built = () => readFolder(join(project, "build"), "build");
const everything = () => new Map([...built(), ["ledger.jsonl", read("ledger.jsonl")]]);
const ledgerSays = (line: string) => writeFileSync(join(project, "ledger.jsonl"), read("ledger.jsonl") + line);
const ledgerLine = (wanted: string) =>
  parseLedger(read("ledger.jsonl"), "ledger.jsonl").find(({ uid }) => uid === wanted);

test("a rule that disappears from the code is removed from running Grafanas, for good", () => {
  const before = everything();
  const files = built().size;
  ledgerSays(`{"status":"active",${GONE}}\n`);
  expect(build()).toBe(
    `build/: ${files + 1} files, 1 changed:\n  ${RETIRED}\nretired: rule "6-ancienne"; running Grafanas remove it, and nothing may be called so again (ledger.jsonl)\n`,
  );
  expect(parse(read(`build/${RETIRED}`))).toEqual({ apiVersion: 1, deleteRules: [{ orgId: 1, uid: "6-ancienne" }] });
  expect(ledgerLine("6-ancienne")).toEqual({
    status: "retired",
    kind: "rule",
    uid: "6-ancienne",
    title: "Ancienne",
  });
  const removed = everything();
  expect(build()).toBe(`build/: ${files + 1} files, unchanged\n`);
  rmSync(join(project, "build"), { recursive: true });
  build();
  expect(everything()).toEqual(removed);

  writeFileSync(join(project, "ledger.jsonl"), before.get("ledger.jsonl")!);
  build();
  expect(everything()).toEqual(before);
});

test("what was removed is told by diff, and its tombstone disturbs no lint", async () => {
  const place = "grafana-provisioning/alerting/6-ancienne.yml";
  const rule = read("build/grafana-provisioning/alerting/4-latence-degradee.yml")
    .replaceAll("4-latence-degradee", "6-ancienne")
    .replaceAll("Latence dégradée", "Ancienne");
  const before = stateOf(new Map([...built(), [place, rule]]));
  ledgerSays(`{"status":"active",${GONE}}\n`);
  build();
  expect(markdown(compareStates(before, stateOf(built())), { from: "BASE", to: "HEAD" })).toMatchInlineSnapshot(`
    "**1 change** from BASE to HEAD

    ### Alert rules

    - Rule **Ancienne**: removed (> 10 s, for 5 min, warning)
    "
  `);
  const { status, stderr } = await called(["lint:logql", join(project, "build")]);
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^(?:\S+ holds no dashboard, no panel and no rule: passed over\.\n)*\d+ files, \d+ queries: nothing found\n$/,
  );
});

test("a uid that was retired is never used again, until its line says that no Grafana has seen it", () => {
  const before = everything();
  writeFileSync(
    join(project, "ledger.jsonl"),
    read("ledger.jsonl").replace('"active","kind":"rule","uid":"4', '"retired","kind":"rule","uid":"4'),
  );
  const retired = everything();
  expect(build).toThrow(
    `a uid is never used twice; nothing was written:
  rule "Latence dégradée" has the uid "4-latence-degradee" of a rule that was removed (src/alerts/): give it another one, or, if no Grafana has seen the removal yet, set the line of "4-latence-degradee" in ledger.jsonl back to "active"`,
  );
  expect(everything()).toEqual(retired);
  writeFileSync(join(project, "ledger.jsonl"), before.get("ledger.jsonl")!);
  expect(build()).toMatch(/^build\/: \d+ files, unchanged\n$/);
});

test("another title, or another contact point's name: nothing is removed", () => {
  const ledger = read("ledger.jsonl");
  writeFileSync(
    join(project, "ledger.jsonl"),
    ledger.replace('"Latence dégradée"', '"Lenteur"').replace('"equipe-donnees-sans-retour"', '"equipe-muette"'),
  );
  expect(read("ledger.jsonl")).not.toBe(ledger);
  expect(build()).toMatch(/^build\/: \d+ files, unchanged\n$/);
  expect(existsSync(join(project, "build", RETIRED))).toBe(false);
  expect(read("ledger.jsonl")).toBe(ledger);
});

test("a rule of another name keeps its old uid where it says so", () => {
  const renamed = { ...latenceDegradee(config, watches(config)), name: "4-lenteur", uid: "4-latence-degradee" };
  expect(alertFile(renamed as never, undefined).groups[0]).toMatchObject({
    name: "4-lenteur",
    rules: [{ uid: "4-latence-degradee", labels: { rule: "4-lenteur" } }],
  });
});

test("a data source of another name takes the place of the old one", () => {
  ledgerSays('{"status":"active","kind":"data source","uid":"Journaux","title":"Journaux"}\n');
  build();
  expect(parse(read("build/grafana-provisioning/datasources/loki.yaml"))).toMatchObject({
    deleteDatasources: [{ orgId: 1, name: "Journaux" }],
    datasources: [{ name: "Loki", uid: "Loki" }],
  });
});

test("without the ledger nothing is built", () => {
  const files = built();
  rmSync(join(project, "ledger.jsonl"));
  expect(build).toThrow(
    /^ledger\.jsonl cannot be read \(ENOENT.*\); it alone knows what running Grafanas must remove: bring it back with git checkout -- ledger\.jsonl; nothing was written$/,
  );
  expect(built()).toEqual(files);
  expect(existsSync(join(project, "ledger.jsonl"))).toBe(false);
});
