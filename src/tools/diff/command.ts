import { resolve } from "node:path";
import { Command, CommanderError, Option } from "commander";
import pc, { type createColors } from "picocolors";
import { guarded, type Run } from "../../core/command.ts";
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
/** What the command prints, and its exit status: 0 nothing changed, 1 something did, 2 an error. */
export type Outcome = Readonly<{ status: 0 | 1 | 2; out: string; err: string }>;

const command = () =>
  new Command("diff")
    .description(
      "Says what changed between two generated states: dashboards, panels, queries, alert rules, notifications, pipeline.",
    )
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
    .addHelpText("after", "\nExit status: 0 nothing changed, 1 something did, 2 an error.")
    .helpCommand(false)
    .exitOverride();

function compared(root: string, base: string | undefined, head: string | undefined, { from, to }: Flags): Compared {
  if (from === undefined && to === undefined) return betweenCommits(root, base, head);
  if (from === undefined || to === undefined) throw new UserError("Name both folders: --from DIR --to DIR.");
  if (base !== undefined) throw new UserError("Name two commits, or two folders with --from DIR --to DIR, not both.");
  return betweenFolders({ label: from, path: resolve(root, from) }, { label: to, path: resolve(root, to) });
}

/** Runs the command in a project's folder; a user's mistake is one sentence. */
export async function diff(
  args: readonly string[],
  root: string,
  colors: ReturnType<typeof createColors>,
): Promise<Outcome> {
  let [out, err] = ["", ""];
  const parsed = command().configureOutput({
    writeOut: (text) => {
      out += sentences(text);
    },
    writeErr: (text) => {
      err += sentences(text);
    },
  });
  try {
    parsed.parse(args, { from: "user" });
    const flags = parsed.opts<Flags>();
    if (flags.effect === false && flags.logs !== undefined && flags.pictures === undefined)
      throw new UserError("--logs is for the effect, which --no-effect leaves out; leave one of them out.");
    const { from, to } = compared(root, parsed.args[0], parsed.args[1], flags);
    err += [...(from.state.unread ?? []), ...(to.state.unread ?? [])]
      .map((sentence) => `${sentences(sentence)}\n`)
      .join("");
    let report = compareStates(from.state, to.state);
    const states = { from: from.state, to: to.state };
    const isAsked = report.length > 0 && (flags.effect !== false || flags.pictures !== undefined);
    const read =
      isAsked && flags.logs !== undefined
        ? await (await import("./read/own-records.ts")).ownRecords(flags.logs)
        : undefined;
    err += (read?.remarks ?? []).map((remark) => `${remark}\n`).join("");
    if (flags.effect !== false && report.length > 0) {
      // Needed for some changes only, and half a second to load.
      const { told } = await import("./effect/effects.ts");
      report = await told(report, states, { url: flags.loki, tellsOfNone: flags.from === undefined, own: read?.own });
    }
    if (flags.pictures !== undefined) {
      const { drawPictures } = await import("./pictures/page.ts");
      await drawPictures(resolve(root, flags.pictures), report, {
        states,
        read,
        names: { from: from.label, to: to.label },
      });
    }
    const shown = { json, markdown, terminal: (...told: Parameters<typeof json>) => terminal(...told, colors) }[
      flags.format
    ];
    return { status: report.length === 0 ? 0 : 1, out: shown(report, from.label, to.label), err };
  } catch (error) {
    if (error instanceof CommanderError) return { status: error.exitCode === 0 ? 0 : 2, out, err };
    if (error instanceof UserError) return { status: 2, out, err: `${sentences(error.message)}\n` };
    throw error;
  }
}

/** Runs the command; a crash is status 2, since Node's own, 1, means that something changed. */
export const run: Run = (args, { stdout, stderr, folder, env }) =>
  guarded(
    async () => {
      const { status, out, err } = await diff(args, folder, pc.createColors(stdout.isTTY && pc.isColorSupported));
      stdout.write(out);
      stderr.write(err);
      return status;
    },
    { env, stderr, failed: 2 },
  );
