import { basename, dirname, resolve } from "node:path";
import { lastOf, recordsOf } from "../../alerting/history/period.ts";
import { config as shipped } from "../../config.ts";
import { parserOf, type Run, type Surroundings } from "../../core/command.ts";
import type { Config } from "../../core/config/schema.ts";
import { durationSeconds } from "../../core/durations.ts";
import { UserError } from "../../core/errors.ts";
import { progressOn } from "../../core/progress.ts";
import { sentence, sentences } from "../../core/visible.ts";
import { writerInto } from "../../core/write.ts";
import { mostHeld, recordsNamed } from "../../logs/own-logs.ts";
import { page } from "./html.ts";
import { type Judging, judgeAll, judgeVariants, type Row } from "./judge.ts";
import { json, notesOf } from "./report.ts";
import { terminal } from "./terminal.ts";
import { type Variant, variantsOf } from "./try.ts";

type Flags = Readonly<{ logs: string; range: string; try: readonly string[]; json: boolean; html?: string }>;
type Around = Pick<Surroundings, "env" | "stdin" | "stdout" | "stderr" | "folder">;

const parser = (around: Around) =>
  parserOf("backtest", around)
    .description(
      "Says what the alert rules would have told on your own records: how often, when, by how many mails. It sends nothing.",
    )
    .requiredOption("--logs <from>", "a logs.json, a folder or an S3 address of such, or -")
    .option("--range <duration>", "how far back from the newest record", "30d")
    .option(
      "--try <path=values>",
      "a number of src/config.ts under rules or sources with other values, such as rules.4-latence-degradee.p95=5s,10s,20s; may be repeated",
      (text: string, all: readonly string[]) => [...all, text],
      [] as readonly string[],
    )
    .option("--json", "the figures as JSON", false)
    .option("--html <file>", "also write a page with the timelines, the values and the thresholds")
    .addHelpText(
      "after",
      "\nLOGS_TIMEZONE is the time zone of Debut and Fin. Exit status: 0, or 1 where it could not judge.",
    );

/** The command for a configuration: status 0, or 1 where nothing could be judged, with one sentence on why. */
export const backtestOf =
  (config: Config): Run =>
  async (args, around) => {
    await backtest(config, parser(around).parse(args, { from: "user" }).opts<Flags>(), around);
    return 0;
  };
export const run = backtestOf(shipped);

function secondsOf(range: string): number {
  const seconds = durationSeconds(range);
  if (seconds) return seconds;
  throw new UserError(`--range is "${range}"; write a duration such as 30d or 12h.`);
}

/** Every rule of a configuration, or those that the settings change which are tried. */
async function judged(config: Config, tries: readonly (readonly Variant[])[], on: Judging): Promise<readonly Row[]> {
  if (tries.length === 0) return judgeAll(config, on);
  const rows = [];
  for (const variants of tries) rows.push(...(await judgeVariants(variants, on)));
  return rows;
}

function pageWriter(folder: string, file: string): (text: string) => void {
  const write = writerInto(dirname(resolve(folder, file)), `--html ${file}`);
  return (text) => write(new Map([[basename(file), text]]));
}

async function backtest(config: Config, flags: Flags, around: Around): Promise<void> {
  const { stdout, stderr, folder } = around;
  const { html } = flags;
  const write = html === undefined ? undefined : pageWriter(folder, html);
  const range = secondsOf(flags.range);
  const tries = flags.try.map((text) => variantsOf(text, config));
  const found = await recordsNamed(flags.logs, around, { most: mostHeld() });
  const records = recordsOf(found.streams);
  if (!records) {
    stdout.write(`${sentence(flags.logs)} holds no record: there is nothing to judge.\n`);
    return;
  }
  const period = lastOf(records, range);
  const progress = progressOn(stderr, "judging rules");
  const on = { streams: found.streams, records, period, progress };
  const rows = await judged(config, tries, on).finally(progress.stop);
  const report = { logs: flags.logs, records: found.records, period, rows, notes: notesOf(rows, period) };
  if (write) write(page(report));
  stdout.write(flags.json ? json(report) : sentences(terminal(report)));
}
