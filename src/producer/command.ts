import type { Run, Surroundings } from "../core/command.ts";
import { setting } from "../core/env.ts";
import { UserError } from "../core/errors.ts";
import { SAMPLE } from "../core/places.ts";
import { type Flags, flagsOf } from "./flags.ts";
import { addressOfAll, loadName } from "./inputs/address.ts";
import { shareFrom } from "./inputs/share.ts";
import { ingestOnce } from "./run/once.ts";
import { OutputClosed } from "./sending/dry-run.ts";

type Around = Omit<Surroundings, "folder">;

/** The exit status: 0 (all delivered), 2 (some rejected, all others delivered) or 1 (not run, or not to the end). */
export const run = async (args: readonly string[], around: Around): ReturnType<Run> =>
  ingestion(flagsOf(args, around), around).catch((error) => {
    if (error instanceof OutputClosed) return 0;
    throw error;
  });

async function ingestion(flags: Flags, around: Around): Promise<number> {
  const { timestamps, dryRun = false, force = false, load } = flags;
  const named = flags.from || around.env.INGEST_FROM || undefined;
  const from = named ?? SAMPLE;
  const zone = setting(around.env, "LOGS_TIMEZONE");
  const share = shareFrom(flags.share);
  const under = await addressOfAll(from);
  if (share.of > 1 && under === undefined)
    throw new UserError(
      `--share takes a part of a prefix or a folder, and ${from} is neither; name s3://bucket/prefix/ or a folder.`,
    );
  const subject = { from, under, share, zone };
  if (flags.follow) {
    checkFollow(flags, named);
    await (await import("./follow/command.ts")).followCommand({ ...flags, ...subject }, around);
    return 0;
  }
  if (flags.queue !== undefined) throw new UserError("--queue goes with --follow; give both, or neither.");
  const order = { ...subject, timestamps, dryRun, force, load: load || loadName(from) };
  return ingestOnce({ ...order, isSample: named === undefined }, around);
}

function checkFollow({ timestamps, force, dryRun }: Flags, named: string | undefined): void {
  const other = [
    timestamps !== "arrival" && `--timestamps ${timestamps}`,
    force && "--force",
    dryRun && "--dry-run",
  ].find(Boolean);
  if (other) throw new UserError(`--follow does not go with ${other}; run one of them without the other.`);
  if (!named) throw new UserError("--follow needs an address: give --from, or set INGEST_FROM.");
  if (named === "-")
    throw new UserError("--follow cannot follow standard input; give --from an S3 address, a folder or a file.");
}
