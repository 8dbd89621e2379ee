import { UserError } from "../../core/errors.ts";
import { type Batch, type Holdings, holdingsFrom } from "./holdings.ts";
import { type Journal, openJournal } from "./journal.ts";
import type { StoreLog, StoreOptions } from "./options.ts";

/** Keeps lines in memory and in the journal, within the bound and the retention. */
export type Keeper = Readonly<{
  holdings: Holdings;
  /** Holds lines from now on; throws when they cannot be written. */
  accept: (batches: readonly Batch[]) => void;
  /** Takes away what is older than the retention, and logs what the bound has cost since the last time. */
  sweep: () => void;
  /** The lines held, those lost to the bound, those that went at their time, and what stands in the journal. */
  figures: () => Readonly<{ lines: number; lost: number; expired: number; journalLines: number; journalBytes: number }>;
  close: () => void;
}>;

type KeeperOptions = Pick<StoreOptions, "folder" | "maxLines" | "retention"> &
  Readonly<{ now: () => number; log: StoreLog }>;

export async function openKeeper({
  folder,
  maxLines = Number.POSITIVE_INFINITY,
  retention = Number.POSITIVE_INFINITY,
  now,
  log,
}: KeeperOptions): Promise<Keeper> {
  const holdings = holdingsFrom(Math.floor(now() / 1000));
  const journal = folder === undefined ? undefined : await opened({ folder, holdings, log });
  const expire = () => holdings.keepAfter((now() - retention - holdings.origin * 1000) * 1e6);
  const compact = compactor({ journal, holdings, log });
  let [lost, reported, expired] = [0, 0, 0];
  expire();
  holdings.keepNewest(maxLines);
  compact();
  return {
    holdings,
    accept(batches) {
      journal?.append(batches);
      for (const batch of batches) holdings.add(batch);
      lost += holdings.keepNewest(maxLines);
      compact();
    },
    sweep() {
      expired += expire();
      compact();
      if (lost === reported) return;
      log.warn(
        { lost: lost - reported, held: maxLines },
        "more lines came than STORE_MAX_LINES: the oldest were lost; data that matters belongs into Loki",
      );
      reported = lost;
    },
    figures: () => ({
      lines: holdings.total(),
      lost,
      expired,
      journalLines: journal?.lines() ?? 0,
      journalBytes: journal?.bytes() ?? 0,
    }),
    close: () => journal?.close(),
  };
}

type Opening = Readonly<{ folder: string; holdings: Holdings; log: StoreLog }>;
async function opened({ folder, holdings, log }: Opening): Promise<Journal> {
  try {
    return await openJournal({ folder, start: holdings.start, log }, holdings.add);
  } catch (cause) {
    throw new UserError(
      `The store cannot use the folder ${folder} (${(cause as Error).message}); set STORE_FOLDER to one that it can write.`,
      { cause },
    );
  }
}

/** Writes the journal anew when half of its lines are dead; after a failure only when it has grown as much again. */
function compactor({ journal, holdings, log }: Omit<Opening, "folder"> & { journal: Journal | undefined }): () => void {
  let least = 1;
  return () => {
    if (!journal || journal.lines() < least || journal.lines() < 2 * holdings.total()) return;
    try {
      journal.rewrite(holdings.streams());
      least = 1;
    } catch (error) {
      least = 2 * journal.lines();
      log.error({ reason: (error as Error).message }, "the journal could not be written anew and goes on growing");
    }
  };
}
