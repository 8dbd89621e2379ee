import { resolve } from "node:path";
import { type Command, Option } from "commander";
import pc from "picocolors";
import { notLoaded, parserOf, type Run } from "../../core/command.ts";
import { UserError } from "../../core/errors.ts";
import { sentences } from "../../core/visible.ts";
import { compareStates } from "./compare/compare.ts";
import { betweenCommits, betweenFolders, type Compared } from "./read/states.ts";
import { json } from "./render/json.ts";
import { markdown } from "./render/markdown.ts";
import { terminal } from "./render/terminal.ts";

type Flags = Readonly<{
  from?: string;
  to?: string;
  format: "terminal" | "markdown" | "json";
  effect?: boolean;
  loki?: string;
  logs?: string;
  pictures?: string;
}>;

const DESCRIPTION =
  "Says what changed between two generated states: dashboards, panels, queries, alert rules, notifications, pipeline.";
const described = (command: Command) =>
  command
    .description(DESCRIPTION)
    .argument("[base]", "the commit to compare with (default: where this branch left origin/main)")
    .argument("[head]", "the commit to compare (default: the files as they are now)")
    .option("--from <dir>", "a build/ or a Grafana provisioning folder instead of BASE")
    .option("--to <dir>", "the folder to compare with it")
    .addOption(
      new Option("--format <format>", "how to say it").choices(["terminal", "markdown", "json"]).default("terminal"),
    )
    .option("--effect", "say what the changes do to the scenarios' verdicts and to the sample's values (always done)")
    .option("--no-effect", "leave that out")
    .option(
      "--loki <url>",
      "for the effect, ask a running Loki with -auth.enabled=true instead of the engine in process",
    )
    .option(
      "--logs <from>",
      "say the effect on your own records, too: a logs.json, a folder or an S3 address of such, or -",
    )
    .option(
      "--pictures <dir>",
      "write DIR/index.html: before and after of each changed panel and rule, over the sample or --logs",
    )
    .addHelpText("after", "\nExit status: 0 nothing changed, 1 something did, 2 an error.");

function compared(root: string, [base, head]: readonly (string | undefined)[], { from, to }: Flags): Compared {
  if (from === undefined && to === undefined) return betweenCommits(root, { base, head });
  if (from === undefined || to === undefined) throw new UserError("Name both folders: --from DIR --to DIR.");
  if (base !== undefined) throw new UserError("Name two commits, or two folders with --from DIR --to DIR, not both.");
  return betweenFolders({ label: from, path: resolve(root, from) }, { label: to, path: resolve(root, to) });
}

/** Status 0: nothing changed, 1: something did, 2: an error, or a crash, since Node's own, 1, has a meaning here. */
export const run: Run = async (args, around) => {
  const { stdout, stderr, folder } = around;
  const parsed = described(parserOf("diff", around)).parse(args, { from: "user" });
  const { effect, logs, loki, pictures, ...flags } = parsed.opts<Flags>();
  if (effect === false && logs !== undefined && pictures === undefined)
    throw new UserError("--logs is for the effect, which --no-effect leaves out; leave one of them out.");
  const { from, to } = compared(folder, parsed.args, flags);
  const print = (lines: readonly string[] = []) => lines.map((line) => stderr.write(`${sentences(line)}\n`));
  print(from.state.unread);
  print(to.state.unread);
  let report = compareStates(from.state, to.state);
  const states = { from: from.state, to: to.state };
  // What follows is needed for some changes only, and half a second to load.
  const isAsked = report.length > 0 && logs !== undefined;
  const own = isAsked ? await (await import("./effect/own.ts").catch(notLoaded)).ownRecords(logs, around) : undefined;
  if (effect !== false && report.length > 0) {
    const { withAllEffects } = await import("./effect/effects.ts").catch(notLoaded);
    const options = { url: loki, tellsOfNone: flags.from === undefined, own };
    report = await withAllEffects(report, states, options);
  }
  const names = { from: from.label, to: to.label };
  if (pictures !== undefined) {
    const { drawPictures } = await import("./pictures/page.ts").catch(notLoaded);
    await drawPictures(resolve(folder, pictures), report, { states, own, names });
  }
  const colors = pc.createColors(Boolean(stdout.isTTY) && pc.isColorSupported);
  const shown = { json, markdown, terminal: (...all: Parameters<typeof json>) => terminal(...all, colors) };
  stdout.write(shown[flags.format](report, names));
  return report.length === 0 ? 0 : 1;
};
