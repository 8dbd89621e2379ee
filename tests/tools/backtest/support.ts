import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { backTestOf } from "../../../src/tools/backtest/command.ts";
import { config } from "../../support/config.ts";
import { folderOfTest } from "../../support/folder.ts";
import { lineOf, type Raw } from "../../support/own-runs.ts";

/** The records as a logs.json in a folder of its own, and what the command says of them. */
export async function backtest(runs: readonly Raw[] | string, ...args: readonly string[]) {
  const folder = folderOfTest();
  const file = join(folder, "logs.json");
  writeFileSync(file, typeof runs === "string" ? runs : runs.map(lineOf).join("\n"));
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const output = { out: "", err: "" };
  stdout.on("data", (text) => {
    output.out += text;
  });
  stderr.on("data", (text) => {
    output.err += text;
  });
  const status = await backTestOf(["--logs", file, ...args], config, {
    env: {},
    stdin: Readable.from([]),
    stdout,
    stderr,
  });
  return { status, out: output.out.replaceAll(folder, "TMP"), err: output.err.replaceAll(folder, "TMP") };
}

/** The same as figures. */
export async function figures(runs: readonly Raw[], ...args: readonly string[]) {
  const { status, out, err } = await backtest(runs, "--json", ...args);
  if (status !== 0) throw new Error(err);
  const { rules } = JSON.parse(out);
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests look at
  const of = (rule: string): any => rules.find((one: { rule: string }) => one.rule === rule)?.columns;
  return { rules, of };
}
