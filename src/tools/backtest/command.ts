import { writeFileSync } from "node:fs";
import { lastOf, type Period, type Records, recordsOf } from "../../alerting/history/period.ts";
import { guarded, parserOf, type Run, type Surroundings, type Terminal } from "../../core/command.ts";
import type { Config } from "../../core/config/schema.ts";
import { durationSeconds } from "../../core/durations.ts";
import { setting } from "../../core/env.ts";
import { detail, UserError } from "../../core/errors.ts";
import { progressOn } from "../../core/progress.ts";
import { sentence, sentences } from "../../core/visible.ts";
import { followedBy, mostHeld, type OwnLogs, ownLogs, remarksOn } from "../../logs/own-logs.ts";
import { page } from "./html.ts";
import { judgeAll, judgeVariants, type Row } from "./judge.ts";
import { type BackTestReport, json, notesOf } from "./report.ts";
import { terminal } from "./terminal.ts";
import { type Variant, variantsOf } from "./try.ts";

type Flags = Readonly<{ logs: string; range: string; try: readonly string[]; json: boolean; html?: string }>;
type Around = Pick<Surroundings, "env" | "stdin" | "stdout" | "stderr">;

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

/** Runs the command on a configuration: status 0, or 1 where nothing could be judged, with one sentence on why. */
export const backTestOf = (args: readonly string[], config: Config, around: Around): ReturnType<Run> =>
  guarded(async () => {
    await backtest(parser(around).parse(args, { from: "user" }).opts<Flags>(), config, around);
    return 0;
  }, around);

/** Runs the command on the configuration of `src/config.ts`. */
export const run: Run = async (args, around) => backTestOf(args, (await import("../../config.ts")).config, around);

function secondsOf(range: string): number {
  const seconds = durationSeconds(range);
  if (seconds) return seconds;
  throw new UserError(`--range is "${range}"; write a duration such as 30d or 12h.`);
}

async function read({ logs }: Flags, { env, stdin, stderr }: Around): Promise<OwnLogs> {
  const zone = setting(env, "LOGS_TIMEZONE");
  const progress = progressOn(stderr, "reading records");
  return ownLogs(logs, { zone, stdin, most: mostHeld(), ...followedBy(progress) }).finally(progress.stop);
}

type Judging = Readonly<{ found: OwnLogs; records: Records; period: Period; tries: readonly (readonly Variant[])[] }>;

async function judged(
  config: Config,
  { found, records, period, tries }: Judging,
  stderr: Terminal,
): Promise<readonly Row[]> {
  const progress = progressOn(stderr, "judging rules");
  const question = { streams: found.streams, records, period };
  try {
    if (tries.length === 0) return await judgeAll(config, question, progress);
    const rows = [];
    for (const variants of tries) rows.push(...(await judgeVariants(variants, question, progress)));
    return rows;
  } finally {
    progress.stop();
  }
}

function writePage(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UserError(`--html ${file} cannot be written (${detail(cause)}); name a file in a folder that exists.`, {
      cause,
    });
  }
}

async function backtest(flags: Flags, config: Config, around: Around): Promise<void> {
  const { stdout, stderr } = around;
  const range = secondsOf(flags.range);
  const tries = flags.try.map((text) => variantsOf(text, config));
  const found = await read(flags, around);
  for (const remark of remarksOn(found)) stderr.write(`${remark}\n`);
  const records = recordsOf(found.streams);
  if (!records) {
    stdout.write(`${sentence(flags.logs)} holds no record: there is nothing to judge.\n`);
    return;
  }
  const period = lastOf(records, range);
  const rows = await judged(config, { found, records, period, tries }, stderr);
  const report: BackTestReport = {
    logs: flags.logs,
    records: found.records,
    period,
    rows,
    notes: notesOf(rows, period),
  };
  if (flags.html !== undefined) writePage(flags.html, page(report));
  stdout.write(flags.json ? json(report) : sentences(terminal(report)));
}
