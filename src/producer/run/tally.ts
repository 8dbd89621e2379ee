import type { ReasonCode } from "../../core/record/rejects.ts";
import type { NormalisedRecord } from "../../schema.ts";
import type { Item } from "../judging/items.ts";

/** What was read, acknowledged, refused, and passed over because an earlier run had delivered it. */
export type Tally = { read: number; sent: { SUCCESS: number; FAILED: number }; rejected: number; before: number };
export const emptyTally = (): Tally => ({ read: 0, sent: { SUCCESS: 0, FAILED: 0 }, rejected: 0, before: 0 });

/** What a batch holds: new records by state, new rejects by reason, and those of earlier runs. */
export type Counts = {
  sent: Record<NormalisedRecord["etat"], number>;
  rejected: Map<ReasonCode, number>;
  before: number;
};
export const emptyCounts = (): Counts => ({ sent: { SUCCESS: 0, FAILED: 0 }, rejected: new Map(), before: 0 });

export function count(counts: Counts, item: Item, { isNew }: Readonly<{ isNew: boolean }>): void {
  if (item.kind === "rest") return;
  if (!isNew) counts.before++;
  else if (item.kind === "record") counts.sent[item.etat]++;
  else counts.rejected.set(item.code, (counts.rejected.get(item.code) ?? 0) + 1);
}

const rejectedIn = ({ rejected }: Counts) => [...rejected.values()].reduce((sum, records) => sum + records, 0);
/** How many new records and rejects. */
export const recordsIn = (counts: Counts): number => counts.sent.SUCCESS + counts.sent.FAILED + rejectedIn(counts);

/** Adds what was delivered; it was read already. */
export function addTo(tally: Tally, counts: Counts): void {
  tally.sent.SUCCESS += counts.sent.SUCCESS;
  tally.sent.FAILED += counts.sent.FAILED;
  tally.rejected += rejectedIn(counts);
  tally.before += counts.before;
  tally.read -= counts.before;
}
