import { InvalidArgumentError, Option } from "commander";
import colors from "picocolors";
import { config } from "../../config.ts";
import { aligned } from "../../core/columns.ts";
import { parserOf, type Run, type Surroundings } from "../../core/command.ts";
import { durationSeconds } from "../../core/durations.ts";
import { printDuration } from "../../core/units.ts";
import { visible } from "../../core/visible.ts";
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

const listed = aligned(rules.map(({ name, reason }) => [`  ${name}`, reason])).join("\n");

type Output = Pick<Surroundings, "env" | "stdout" | "stderr">;

const parser = (output: Output) =>
  parserOf("lint:logql", output)
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
    );

function linted(
  paths: readonly string[],
  { format, disable: disabled, delay: seconds }: Flags,
  { stdout, stderr }: Output,
): number {
  const opened = open(paths);
  const result = lint(opened.files, { disabled: new Set(disabled), delay: seconds });
  const { findings, remarks } = result;
  if (format === "json") stdout.write(asJson(opened, result));
  else {
    stdout.write(stdout.isTTY ? grouped(findings, colors) : plain(findings));
    for (const remark of remarks) stderr.write(`${visible(passedOver(remark))}\n`);
    for (const { file, reason } of opened.unusable) stderr.write(`${visible(`${file} ${reason}.`)}\n`);
    stderr.write(`${summary(opened, findings)}\n`);
  }
  if (opened.unusable.length > 0) return 2;
  return findings.length > 0 ? 1 : 0;
}

/** Lints the named files: status 0 (nothing found), 1 (findings) or 2 (a file or an option that cannot be used). */
export const run: Run = async (args, around) => {
  const command = parser(around).parse(args, { from: "user" });
  return linted(command.args, command.opts<Flags>(), around);
};
