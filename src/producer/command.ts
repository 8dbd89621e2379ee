import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, Option } from "commander";
import { KafkaSettingsError, kafkaSettings } from "../kafka/settings.ts";
import { dryRunSink, OutputClosed } from "./dry-run.ts";
import { detail, UserError } from "./errors.ts";
import { ingest } from "./ingest.ts";
import { inputsOf, loadName, spooled } from "./inputs.ts";
import { type Timestamps, timestampModes } from "./judge.ts";
import { progressOn, silent, summary } from "./progress.ts";
import { checkZone } from "./time.ts";

const SAMPLE = fileURLToPath(new URL("../../samples/logs.jsonl", import.meta.url));

/** What a command reads and writes besides its arguments. */
export type Surroundings = Readonly<{
  env: NodeJS.ProcessEnv;
  stdin: Readable;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
}>;
type Flags = { from?: string; timestamps: Timestamps; dryRun?: boolean; load?: string };

const command = ({ stdout, stderr }: Surroundings) =>
  new Command("ingest")
    .description("Sends the records of connector runs to Kafka.")
    .option("--from <uri>", "s3://bucket/key, s3://bucket/prefix/, a local file, or - for standard input (default: INGEST_FROM, else the bundled sample)")
    .addOption(
      new Option("--timestamps <mode>", "message times: now, the record's Fin, or Fin shifted so that the newest record is now")
        .choices(timestampModes)
        .default("arrival"),
    )
    .option("--dry-run", "write the normalised records to standard output and the rejects to standard error, and touch no Kafka")
    .option("--load <name>", "the name of the load, for the label lot of --timestamps event (default: the input's file name without extension)")
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void stdout.write(text), writeErr: (text) => void stderr.write(text) });

/** Runs one ingestion. The exit status is 0 (all delivered), 2 (some rejected, all others delivered) or 1 (could not run, or not to the end). */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  try {
    const flags = command(around).parse(args, { from: "user" }).opts<Flags>();
    return await ingestion(flags, around);
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    if (error instanceof CommanderError) return error.exitCode;
    around.stderr.write(
      error instanceof UserError || error instanceof KafkaSettingsError
        ? `${error.message}\n`
        : `The ingestion stopped on an unforeseen error: ${detail(error)}.\n`,
    );
    return 1;
  }
}

async function ingestion({ timestamps, dryRun = false, ...flags }: Flags, { env, stdin, stdout, stderr }: Surroundings): Promise<number> {
  const from = flags.from || env.INGEST_FROM || SAMPLE;
  const zone = env.LOGS_TIMEZONE || "UTC";
  checkZone(zone);
  const settings = dryRun ? undefined : kafkaSettings(env);
  const replay = timestamps === "replay";
  const listed = await inputsOf(from, stdin);
  const inputs = replay && from === "-" ? await Promise.all(listed.map(spooled)) : listed;
  const size = inputs.reduce<number | undefined>(
    (sum, input) => (sum === undefined || input.size === undefined ? undefined : sum + input.size * (replay ? 2 : 1)),
    0,
  );
  const connect = async () =>
    settings ? (await import("./kafka.ts")).kafkaSink({ settings, keepState: timestamps === "arrival" }) : dryRunSink(stdout, stderr);
  const progress = dryRun ? silent : progressOn(stderr, size);
  const outcome = await ingest({ timestamps, zone, load: flags.load || loadName(from) }, { inputs, connect, report: progress.report }).finally(progress.stop);
  for (const error of outcome.errors) stderr.write(`${error}\n`);
  const { errors, rejected, sent } = outcome;
  if (errors.length === 0 || sent.SUCCESS + sent.FAILED + rejected > 0) {
    if (!dryRun) stdout.write(`${summary(outcome)}\n`);
    else if (stderr.isTTY) stderr.write(`${summary(outcome)}\n`);
  }
  if (errors.length > 0) return 1;
  if (!flags.from && !env.INGEST_FROM && timestamps === "arrival" && !dryRun)
    stderr.write("that was the bundled sample: neither --from nor INGEST_FROM is set\n");
  return rejected > 0 ? 2 : 0;
}
