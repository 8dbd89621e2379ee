import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "../../../src/core/command.ts";
import { backtestOf } from "../../../src/tools/backtest/command.ts";
import { endOf } from "../../support/called.ts";
import { config } from "../../support/config.ts";
import { folderOfTest } from "../../support/folder.ts";
import { lineOf, type Raw } from "../../support/own-runs.ts";

/** The records as a logs.json in a folder of its own, and what the command says of them. */
export async function backtest(runs: readonly Raw[] | string, ...args: readonly string[]) {
  const folder = folderOfTest();
  const file = join(folder, "logs.json");
  writeFileSync(file, typeof runs === "string" ? runs : runs.map(lineOf).join("\n"));
  const run = (around: Surroundings) => backtestOf(config)(["--logs", file, ...args], around);
  const { status, stdout, stderr } = await endOf(run, { folder });
  return { status, out: stdout.replaceAll(folder, "TMP"), err: stderr.replaceAll(folder, "TMP") };
}

/** The same as figures: the columns of a rule. */
export async function figures(runs: readonly Raw[], ...args: readonly string[]) {
  const { status, out, err } = await backtest(runs, "--json", ...args);
  if (status !== 0) throw new Error(err);
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests look at
  return (rule: string): any => JSON.parse(out).rules.find((one: { rule: string }) => one.rule === rule)?.columns;
}
