import { resolve } from "node:path";
import { Command, CommanderError } from "commander";
import type { Config } from "../config.schema.ts";
import { maskedSetting } from "../masked.ts";
import { sentence, sentences } from "../visible.ts";
import { csv } from "./csv.ts";
import { documentOf } from "./document.ts";
import { ReportError } from "./errors.ts";
import { figuresOf } from "./figures.ts";
import { html } from "./html.ts";
import { limitsOf } from "./loki.ts";
import { markdown } from "./markdown.ts";
import { observe, periodOf } from "./period.ts";
import { progressOn } from "./progress.ts";
import { writeAll } from "./write.ts";

/** What a command reads and writes besides its arguments; `folder` is where the user stands. */
export type Surroundings = Readonly<{
  env: NodeJS.ProcessEnv;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
  folder: string;
  now: () => number;
}>;
type Flags = Readonly<{ from: string; to: string; out: string; loki?: string; timezone?: string }>;

const command = ({ stdout, stderr }: Surroundings) =>
  new Command("report")
    .description("Writes the service levels of a period, in French, as Markdown, CSV and one HTML page.")
    .requiredOption("--from <date>", "the first day (2026-10-01), or an instant (2026-10-01T06:00:00Z)")
    .requiredOption("--to <date>", "the first day or instant that no longer belongs to the period")
    .option("--out <dir>", "the folder for the files", "rapports")
    .option("--loki <url>", "the Loki to ask (default: LOKI_URL, else http://127.0.0.1:3100)")
    .option("--timezone <zone>", "the IANA time zone of days and times (default: LOGS_TIMEZONE, else UTC)")
    .allowExcessArguments(false)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void stdout.write(sentences(text)), writeErr: (text) => void stderr.write(sentences(text)) });

function lokiUrl(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username)
    throw new ReportError(
      `"${maskedSetting(text)}" is no address of a Loki${url?.username ? " for the report, which uses no password" : ""}; give one such as http://127.0.0.1:3100.`,
    );
  return url.href.replace(/\/+$/, "");
}

async function report(flags: Flags, config: Config, { env, stdout, stderr, folder, now: clock }: Surroundings): Promise<void> {
  const zone = flags.timezone ?? (env.LOGS_TIMEZONE || "UTC");
  const period = periodOf({ ...flags, zone, zoneFrom: flags.timezone === undefined ? "LOGS_TIMEZONE" : "--timezone" });
  const url = lokiUrl(flags.loki ?? (env.LOKI_URL || "http://127.0.0.1:3100"));
  const out = resolve(folder, flags.out);
  const now = clock();
  const observed = observe(period, now, config.retention.value);
  const progress = progressOn(stderr);
  const figures = await limitsOf(url)
    .then((limits) => figuresOf({ ...observed, zone }, config, { url, limits, now, progress }))
    .finally(progress.stop);
  const document = documentOf({ period, observed, now, figures, config });
  const name = `rapport-${period.label}`;
  const files = new Map([
    [`${name}.md`, markdown(document)],
    [`${name}.html`, html(document)],
    ...[...csv(document)].map(([table, text]): [string, string] => [`${name}-${table}.csv`, text]),
  ]);
  writeAll(out, files);
  const { runs, failures } = figures.total;
  const incomplete = observed.expired || observed.unfinished ? "; the period is incomplete" : "";
  stdout.write(
    `${runs === 0 ? "no runs in this period" : `${runs} runs, ${failures} failed`}${incomplete}; ${files.size} files ${name}* in ${sentence(out)}\n`,
  );
}

/** Runs the command; the exit status is 0, or 1 where there is no report, with one sentence on why. */
export async function run(args: readonly string[], config: Config, around: Surroundings): Promise<number> {
  try {
    await report(command(around).parse(args, { from: "user" }).opts<Flags>(), config, around);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof ReportError)) throw error;
    around.stderr.write(`${sentence(error.message)}\n`);
    return 1;
  }
}
