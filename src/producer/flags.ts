import { Option } from "commander";
import { parserOf, type Surroundings } from "../core/command.ts";
import { type Timestamps, timestampModes } from "./judging/judge.ts";

export type Flags = Readonly<{
  from?: string;
  timestamps: Timestamps;
  follow?: boolean;
  every: string;
  force?: boolean;
  dryRun?: boolean;
  load?: string;
  share?: string;
  queue?: string;
}>;

/** What the user asks for; throws Commander's error for what it does not know. */
export const flagsOf = (args: readonly string[], around: Omit<Surroundings, "folder">): Flags =>
  parserOf("ingest", around)
    .description("Sends the records of connector runs to Kafka.")
    .option(
      "--from <uri>",
      "s3://bucket/key, s3://bucket/prefix/, a local file or folder, or - for standard input (default: INGEST_FROM, else the bundled sample)",
    )
    .addOption(
      new Option(
        "--timestamps <mode>",
        "message times: now, the record's Fin, or Fin shifted so that the newest record is now",
      )
        .choices(timestampModes)
        .default("arrival"),
    )
    .option("--follow", "go on for ever: take what is new or has changed under --from, until SIGTERM")
    .option("--every <time>", "with --follow: how often to look, such as 500ms, 5s or 1m", "5s")
    .option(
      "--share <part/of>",
      "take one of several equal shares of what is under a prefix or in a folder, such as 2/4; other producers take the others",
    )
    .option(
      "--queue <url>",
      "with --follow of an S3 address: the SQS queue that gets its events; all of it is then listed every hour only",
    )
    .option("--force", "send again what was ingested before")
    .option(
      "--dry-run",
      "write the normalised records to standard output and the rejects to standard error, and touch no Kafka",
    )
    .option(
      "--load <name>",
      "the name of the load, for the label lot of --timestamps event (default: the input's file name without extension)",
    )
    .parse(args, { from: "user" })
    .opts<Flags>();
