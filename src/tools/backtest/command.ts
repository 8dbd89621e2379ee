import { writeFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { getHeapStatistics } from "node:v8";
import { Command, CommanderError } from "commander";
import { type Period, type Records, recordsOf } from "../../alerting/backtest/period.ts";
import { ProofError } from "../../alerting/errors.ts";
import type { Config } from "../../core/config/schema.ts";
import { parseDuration } from "../../core/durations.ts";
import { detail, UserError } from "../../core/errors.ts";
import { checkZone } from "../../core/time.ts";
import { sentence, sentences } from "../../core/visible.ts";
import { type OwnLogs, ownLogs, remarksOn } from "../../logs/own-logs.ts";
import { judgingProgress, readingProgress } from "../../logs/progress.ts";
import { html } from "./html.ts";
import { judgeAll, judgeVariants, type Row } from "./judge.ts";
import { type BackTestReport, json, notesOf } from "./report.ts";
import { terminal } from "./terminal.ts";
import { type Variant, variantsOf } from "./try.ts";

type Terminal = NodeJS.WritableStream & { isTTY?: boolean };
export type Surroundings = Readonly<{ env: NodeJS.ProcessEnv; stdin: Readable; stdout: NodeJS.WritableStream; stderr: Terminal }>;
type Flags = Readonly<{ logs: string; range: string; try: readonly string[]; json: boolean; html?: string }>;

/** The share of the memory that Node may take which records may fill: reading holds them twice for a moment. */
const SHARE = 1 / 3;
/** The period ends with the evaluation that sees the newest record. */
const MINUTE = 60;

const command = ({ stdout, stderr }: Surroundings) =>
  new Command("backtest")
    .description("Says what the alert rules would have told on your own records: how often, when, by how many mails. It sends nothing.")
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
    .addHelpText("after", "\nLOGS_TIMEZONE is the time zone of Debut and Fin. Exit status: 0, or 1 where it could not judge.")
    .allowExcessArguments(false)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void stdout.write(sentences(text)), writeErr: (text) => void stderr.write(sentences(text)) });

/** Runs the command; the exit status is 0, or 1 where nothing could be judged, with one sentence on why. */
export async function run(args: readonly string[], config: Config, around: Surroundings): Promise<number> {
  try {
    await backtest(command(around).parse(args, { from: "user" }).opts<Flags>(), config, around);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof UserError || error instanceof ProofError)) throw error;
    around.stderr.write(`${sentence(error.message)}\n`);
    return 1;
  }
}

function secondsOf(range: string): number {
  try {
    const seconds = parseDuration(range);
    if (seconds > 0) return seconds;
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
  }
  throw new UserError(`--range is "${range}"; write a duration such as 30d or 12h.`);
}

async function read({ logs }: Flags, { env, stdin, stderr }: Surroundings): Promise<OwnLogs> {
  const zone = env.LOGS_TIMEZONE || "UTC";
  checkZone(zone);
  const progress = readingProgress(stderr);
  try {
    return await ownLogs(logs, { zone, stdin, most: getHeapStatistics().heap_size_limit * SHARE, ...progress.options });
  } finally {
    progress.stop();
  }
}

type Judging = Readonly<{ found: OwnLogs; records: Records; period: Period; tries: readonly (readonly Variant[])[] }>;

async function judged(config: Config, { found, records, period, tries }: Judging, stderr: Terminal): Promise<readonly Row[]> {
  const progress = judgingProgress(stderr);
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
    throw new UserError(`--html ${file} cannot be written (${detail(cause)}); name a file in a folder that exists.`, { cause });
  }
}

async function backtest(flags: Flags, config: Config, around: Surroundings): Promise<void> {
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
  const to = Math.ceil(records.newest / MINUTE) * MINUTE;
  const period = { from: Math.max(to - range, records.oldest), to };
  const rows = await judged(config, { found, records, period, tries }, stderr);
  const report: BackTestReport = { logs: flags.logs, records: found.records, period, rows, notes: notesOf(rows, period) };
  if (flags.html !== undefined) writePage(flags.html, html(report));
  stdout.write(flags.json ? json(report) : sentences(terminal(report)));
}
