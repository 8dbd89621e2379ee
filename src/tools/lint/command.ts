import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import colors from "picocolors";
import { config } from "../../config.ts";
import type { Run } from "../../core/command.ts";
import { durationSeconds } from "../../core/durations.ts";
import { printDuration } from "../../core/units.ts";
import { visible, visibleLines } from "../../core/visible.ts";
import { open } from "./files.ts";
import { lint } from "./lint.ts";
import { asJson, grouped, passedOver, plain, summary } from "./report.ts";
import { rules } from "./rules/index.ts";

type Flags = { format: "text" | "json"; disable: readonly string[]; delay: number };

function delay(text: string): number {
  const value = text === "0" ? 0 : durationSeconds(text);
  if (value === undefined) throw new InvalidArgumentError("Write a duration, as 30s or 2m.");
  return value;
}

function disable(text: string, before: readonly string[]): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !rules.some((rule) => rule.name === name));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is no rule; --help lists them.`);
  return [...before, ...names];
}

const width = Math.max(...rules.map(({ name }) => name.length));
const listed = rules.map(({ name, reason }) => `  ${name.padEnd(width)}  ${reason}`).join("\n");

/** Where a run prints; `terminal` asks for groups and colours. */
export type Output = Readonly<{ out: (text: string) => void; err: (text: string) => void; terminal: boolean }>;

const parsed = (argv: readonly string[], { out, err }: Output) =>
  new Command("lint:logql")
    .description("Checks the LogQL of dashboards, alert rules and plain files against rules of thumb.")
    .argument(
      "<file...>",
      "dashboard JSON, rule YAML (Grafana's or the Loki ruler's), files of LogQL (a query a block), or folders of these",
    )
    .addOption(new Option("--format <format>", "how to print the findings").choices(["text", "json"]).default("text"))
    .addOption(
      new Option("--disable <rule>", "leave a rule out (several: repeat it, or separate them by commas)")
        .argParser(disable)
        .default([], "none"),
    )
    .addOption(
      new Option("--delay <duration>", "from a line's writing to Loki answering with it, for window-too-short")
        .argParser(delay)
        .default(config.deliveryDelay.value, printDuration(config.deliveryDelay)),
    )
    .addHelpText(
      "after",
      `\nRules:\n${listed}\n\nIn a file of LogQL, the comment "# lint-ignore rule reason" switches a rule off for its line, or for the line below.\nExit status: 0 nothing found, 1 findings, 2 a named file that cannot be read.`,
    )
    .helpCommand(false)
    .configureOutput({ writeOut: out, writeErr: (text) => err(visibleLines(text)) })
    .exitOverride()
    .parse(argv, { from: "user" });

/** Lints the named files: status 0 (nothing found), 1 (findings) or 2 (a file or an option that cannot be used). */
export function main(argv: readonly string[], output: Output): number {
  try {
    const command = parsed(argv, output);
    return linted(command.args, command.opts<Flags>(), output);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}

function linted(
  paths: readonly string[],
  { format, disable: disabled, delay: seconds }: Flags,
  { out, err, terminal }: Output,
): number {
  const opened = open(paths);
  const result = lint(opened.files, { disabled: new Set(disabled), delay: seconds });
  const { findings, remarks } = result;
  if (format === "json") out(asJson(opened, result));
  else {
    out(terminal ? grouped(findings, colors) : plain(findings));
    for (const remark of remarks) err(`${visible(passedOver(remark))}\n`);
    for (const { file, reason } of opened.unusable) err(`${visible(`${file} ${reason}.`)}\n`);
    err(`${summary(opened, findings)}\n`);
  }
  if (opened.unusable.length > 0) return 2;
  return findings.length > 0 ? 1 : 0;
}

export const run: Run = async (args, { stdout, stderr }) =>
  main(args, { out: (text) => stdout.write(text), err: (text) => stderr.write(text), terminal: stdout.isTTY === true });
