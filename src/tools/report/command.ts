import { resolve } from "node:path";
import { config } from "../../config.ts";
import { parserOf, type Run, type Surroundings } from "../../core/command.ts";
import type { Config } from "../../core/config/schema.ts";
import { setting } from "../../core/env.ts";
import { progressOn } from "../../core/progress.ts";
import { sentence } from "../../core/visible.ts";
import { writerInto } from "../../core/write.ts";
import { csv } from "./csv.ts";
import { documentOf } from "./document.ts";
import { figuresOf } from "./figures.ts";
import { page } from "./html.ts";
import { markdown } from "./markdown.ts";
import { observe, periodOf } from "./period.ts";
import { sourceOf } from "./sources.ts";

type Around = Omit<Surroundings, "interrupted"> & Readonly<{ now: () => number }>;
type Flags = Readonly<{ from: string; to: string; out: string; loki?: string; logs?: string; timezone?: string }>;

const parser = (around: Around) =>
  parserOf("report", around)
    .description("Writes the service levels of a period, in French, as Markdown, CSV and one HTML page.")
    .requiredOption(
      "--from <date>",
      "the first day (2026-10-01) or time (2026-10-01T06:00, or of any zone: 2026-10-01T06:00:00Z)",
    )
    .requiredOption("--to <date>", "the first day or time that no longer belongs to the period")
    .option("--out <dir>", "the folder for the files", "rapports")
    .option("--loki <url>", "the Loki to ask (default: LOKI_URL, else http://127.0.0.1:3100)")
    .option("--logs <from>", "no Loki, but the records of a logs.json, a folder or an S3 address of such, or -")
    .option("--timezone <zone>", "the IANA time zone of days and times (default: LOGS_TIMEZONE, else UTC)");

async function report(flags: Flags, config: Config, around: Around): Promise<void> {
  const { env, stdout, stderr, folder, now: clock } = around;
  const zone = flags.timezone ?? setting(env, "LOGS_TIMEZONE");
  const period = periodOf({ ...flags, zone });
  const out = resolve(folder, flags.out);
  const write = writerInto(out, `--out ${out}`);
  const { logs, origin } = await sourceOf(flags, around);
  const now = clock();
  const retentionSeconds = origin.kind === "loki" ? config.retention.value : Number.POSITIVE_INFINITY;
  const observed = observe(period, { now, retentionSeconds });
  const progress = progressOn(stderr, origin.kind === "loki" ? "asking Loki" : "computing");
  const figures = await figuresOf({ ...observed, zone }, config, { logs, now, progress }).finally(progress.stop);
  const document = documentOf({ period, observed, now, figures, config, origin });
  const name = `rapport-${period.label}`;
  const files = new Map([
    [`${name}.md`, markdown(document)],
    [`${name}.html`, page(document)],
    ...[...csv(document)].map(([table, text]): [string, string] => [`${name}-${table}.csv`, text]),
  ]);
  write(files);
  const { runs, failures } = figures.total;
  const incomplete = observed.expired || observed.unfinished ? "; the period is incomplete" : "";
  stdout.write(
    `${runs === 0 ? "no runs in this period" : `${runs} runs, ${failures} failed`}${incomplete}; ${files.size} files ${name}* in ${sentence(out)}\n`,
  );
}

/** Writes one report for a configuration: status 0, or 1 where there is no report, with one sentence on why. */
export const reportFor = async (args: readonly string[], config: Config, around: Around): ReturnType<Run> => {
  await report(parser(around).parse(args, { from: "user" }).opts<Flags>(), config, around);
  return 0;
};

export const run: Run = (args, around) => reportFor(args, config, { ...around, now: Date.now });
