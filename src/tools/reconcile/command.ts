import { Option } from "commander";
import { config } from "../../config.ts";
import { parserOf, type Run, type Surroundings } from "../../core/command.ts";
import { setting } from "../../core/env.ts";
import { kafkaSettings } from "../../core/kafka/settings.ts";
import { lokiNamed } from "../../core/loki.ts";
import { progressOn } from "../../core/progress.ts";
import { printDuration } from "../../core/units.ts";
import { type RangeFlags, rangeOf } from "./range.ts";
import { asJson, asTable, statusOf } from "./report.ts";
import { reconcile } from "./run.ts";

type Flags = RangeFlags & Readonly<{ resend: boolean; format: "table" | "json"; loki?: string }>;
type Around = Pick<Surroundings, "env" | "stdout" | "stderr">;

const parser = (around: Around) =>
  parserOf("reconcile", around)
    .description(
      "Compares what Kafka holds with what Loki counts, per source and hour, and names the records that are missing or doubled.",
    )
    .option("--last <duration>", "the time before now to compare: 90m, 24h, 7d (default: 24h)")
    .option("--from <time>", "or from this time on: 2026-11-22T10:00Z, 2026-11-22 (UTC where no zone is given)")
    .option("--to <time>", "up to this time (default: now)")
    .option("--resend", "send what is missing to Loki, and compare again", false)
    .addOption(new Option("--format <format>", "how to print the result").choices(["table", "json"]).default("table"))
    .option("--loki <url>", "Loki's address (default: LOKI_URL, else http://127.0.0.1:3100)")
    .addHelpText(
      "after",
      `\nTimes are those of the messages. The last ${printDuration(config.deliveryDelay)} are not judged: they may be on their way.\nExit status: 0 all agrees, 1 something differs, 2 could not compare.`,
    );

/** Runs one comparison. The exit status is 0 (all agrees), 1 (something differs) or 2 (could not compare). */
export const run = async (args: readonly string[], around: Around): ReturnType<Run> => {
  const { env, stdout, stderr } = around;
  const { resend, format, loki, ...times } = parser(around).parse(args, { from: "user" }).opts<Flags>();
  const now = Date.now();
  const range = rangeOf(times, {
    settled: now - config.deliveryDelay.value * 1000,
    kept: now - config.retention.value * 1000,
  });
  const address = lokiNamed(loki ?? setting(env, "LOKI_URL"), setting(env, "LOKI_TENANT"));
  const report = await reconcile({
    kafka: kafkaSettings(env),
    loki: address,
    range,
    resend,
    progress: progressOn(stderr, "reading Kafka"),
  });
  stdout.write(format === "json" ? asJson(report) : asTable(report));
  return statusOf(report);
};
