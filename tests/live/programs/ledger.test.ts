import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { advance, type Ledger, parseLedger, printLedger, type Thing } from "../../../src/generator/ledger.ts";
import { folderOfTest } from "../../support/folder.ts";
import { gitIn } from "../../support/git.ts";

const rule = (uid: string): Thing => ({ kind: "rule", uid, title: uid });

test("two branches, one that adds a rule and one that removes its neighbour, merge by themselves", () => {
  const folder = folderOfTest();
  const path = join(folder, "ledger.jsonl");
  const git = gitIn(() => folder);
  const commit = (ledger: Ledger) => {
    writeFileSync(path, printLedger(ledger));
    git("add", ".");
    git("commit", "-qm", "change");
  };
  git("init", "-q", "-b", "main");
  writeFileSync(join(folder, ".gitattributes"), readFileSync(new URL("../../../.gitattributes", import.meta.url)));
  const base = advance([], [rule("1"), rule("2"), rule("4")]);
  commit(base);
  git("checkout", "-qb", "other");
  commit(advance(base, [rule("1"), rule("4")]));
  git("checkout", "-q", "main");
  commit(advance(base, [rule("1"), rule("2"), rule("3"), rule("4")]));
  git("merge", "-q", "--no-edit", "other");
  const merged = parseLedger(readFileSync(path, "utf8"), "ledger.jsonl");
  expect(advance(merged, [rule("1"), rule("3"), rule("4")])).toEqual([
    { ...rule("1"), status: "active" },
    { ...rule("2"), status: "retired" },
    { ...rule("3"), status: "active" },
    { ...rule("4"), status: "active" },
  ]);
  expect(() => advance(merged, [rule("1"), rule("2"), rule("3"), rule("4")])).toThrow(
    /rule "2" has the uid "2" of a rule that was removed/,
  );
});
