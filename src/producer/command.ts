import { Option } from "commander";
import { parserOf, type Run, type Surroundings } from "../core/command.ts";
import { setting } from "../core/env.ts";
import { UserError } from "../core/errors.ts";
import { kafkaSettings } from "../core/kafka/settings.ts";
import { SAMPLE } from "../core/places.ts";
import { progressOn, silent } from "../core/progress.ts";
import { sentence } from "../core/visible.ts";
import { dryRunSink, OutputClosed } from "./dry-run.ts";
import { ingest } from "./ingest.ts";
import { addressOf, inputsOf, isMany, kindOf, loadName, spooled } from "./inputs.ts";
import { type Timestamps, timestampModes } from "./judge.ts";
import { isIn, shareFrom, shareText } from "./share.ts";
import { summary } from "./summary.ts";
import type { Tally } from "./tally.ts";

type Around = Omit<Surroundings, "folder">;
type Flags = {
  from?: string;
  timestamps: Timestamps;
  follow?: boolean;
  every: string;
  force?: boolean;
  dryRun?: boolean;
  load?: string;
  share?: string;
  queue?: string;
};

const parser = (around: Around) =>
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
    );

/** The exit status: 0 (all delivered), 2 (some rejected, all others delivered) or 1 (not run, or not to the end). */
export const run = async (args: readonly string[], around: Around): ReturnType<Run> => {
  const flags = parser(around).parse(args, { from: "user" }).opts<Flags>();
  return ingestion(flags, around).catch((error) => {
    if (error instanceof OutputClosed) return 0;
    throw error;
  });
};

async function ingestion(flags: Flags, around: Around): Promise<number> {
  const { timestamps, dryRun = false, force = false } = flags;
  const { env, stdin, stdout, stderr, interrupted } = around;
  const from = flags.from || env.INGEST_FROM || SAMPLE;
  const zone = setting(env, "LOGS_TIMEZONE");
  const share = shareFrom(flags.share);
  if (share.of > 1 && !(await isMany(from)))
    throw new UserError(
      `--share takes a part of a prefix or a folder, and ${from} is neither; name s3://bucket/prefix/ or a folder.`,
    );
  if (flags.queue !== undefined && !flags.follow)
    throw new UserError("--queue goes with --follow; give both, or neither.");
  if (flags.follow) {
    checkFollow(flags, flags.from || env.INGEST_FROM);
    await (await import("./follow-command.ts")).followCommand({
      from,
      every: flags.every,
      share,
      queue: queueOf(from, { ...flags, env }),
      zone,
      env,
      stdin,
      signal: interrupted(),
    });
    return 0;
  }
  const settings = dryRun ? undefined : kafkaSettings(env);
  const load = flags.load || loadName(from);
  const replay = timestamps === "replay";
  const warn = (text: string) => void stderr.write(`${sentence(text)}\n`);
  const listed = (await inputsOf(from, stdin)).filter(({ address }) => isIn(share, address));
  const inputs = replay && from === "-" ? await Promise.all(listed.map(spooled)) : listed;
  const readings = replay ? 2 : 1;
  const size = inputs.reduce<number | undefined>(
    (sum, input) => (sum === undefined || input.size === undefined ? undefined : sum + input.size * readings),
    0,
  );
  const signal = dryRun || replay ? undefined : interrupted();
  const connect = async () => {
    if (!settings) return dryRunSink(stdout, stderr);
    if (replay) return (await import("./kafka.ts")).kafkaSink(settings);
    const waiting = (seconds: number, holder: string) => warn(waitingFor(seconds, holder));
    return (await import("./state/sink.ts")).stateSink({
      settings,
      load: timestamps === "event" ? load : undefined,
      share,
      force,
      waiting,
      signal,
    });
  };
  const progress = dryRun ? silent : progressOn(stderr, "reading");
  progress.start(size ?? 0);
  const report = (tally: Tally, bytes: number) => progress.at(bytes, summary(tally));
  const deps = {
    inputs,
    connect,
    report,
    warn,
    under: (await isMany(from)) ? addressOf(from) : undefined,
    ...(signal && { signal }),
  };
  const outcome = await ingest({ timestamps, zone, load }, deps).finally(progress.stop);
  for (const error of outcome.errors) warn(error);
  const { errors, rejected, sent, already, before } = outcome;
  if (inputs.length === 0)
    stdout.write(`${sentence(from)} holds nothing of the share ${shareText(share)}: nothing sent\n`);
  else if (errors.length === 0 && already.length === inputs.length)
    stdout.write(`${sentence(from)} was already ingested: nothing sent; --force sends it again\n`);
  else if (errors.length === 0 || sent.SUCCESS + sent.FAILED + rejected + before > 0) {
    if (!dryRun)
      stdout.write(
        `${summary(outcome)}${already.length > 0 ? ` · ${already.length} of ${inputs.length} objects were already ingested` : ""}\n`,
      );
    else if (stderr.isTTY) warn(summary(outcome));
  }
  if (errors.length > 0) return 1;
  if (!flags.from && !env.INGEST_FROM && timestamps === "arrival" && !dryRun)
    warn("that was the bundled sample: neither --from nor INGEST_FROM is set");
  return rejected > 0 ? 2 : 0;
}

function checkFollow({ timestamps, force, dryRun }: Flags, from: string | undefined): void {
  const other = [
    timestamps !== "arrival" && `--timestamps ${timestamps}`,
    force && "--force",
    dryRun && "--dry-run",
  ].find(Boolean);
  if (other) throw new UserError(`--follow does not go with ${other}; run one of them without the other.`);
  if (!from) throw new UserError("--follow needs an address: give --from, or set INGEST_FROM.");
  if (from === "-")
    throw new UserError("--follow cannot follow standard input; give --from an S3 address, a folder or a file.");
}

/** The queue that a follower hears; throws a `UserError` where it cannot be used. */
function queueOf(from: string, { queue, share, env }: Flags & Pick<Surroundings, "env">): string | undefined {
  const address = queue ?? setting(env, "INGEST_QUEUE");
  if (address === undefined) return undefined;
  const name = queue === undefined ? "INGEST_QUEUE" : "--queue";
  if (kindOf(from) !== "s3")
    throw new UserError(
      `${name} tells of objects in S3, and ${from} is no S3 address; follow s3://bucket/prefix/, or go without the queue.`,
    );
  if (share !== undefined)
    throw new UserError(
      `${name} does not go with --share: whoever hears a queue gets messages of every share; give one of them up.`,
    );
  return address;
}

/** What the user reads who waits for another run. */
export const waitingFor = (seconds: number, holder: string): string =>
  seconds < 60
    ? "Another ingestion is at work; waiting until it lets this one in."
    : `Another ingestion (${holder}) has been at work for ${seconds} s; still waiting. If it hangs, end its process: 15 s later this one goes on.`;
