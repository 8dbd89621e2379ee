import { sum } from "../../core/numbers.ts";
import type { ReasonCode } from "../../core/record/rejects.ts";
import type { NormalisedRecord } from "../../schema.ts";
import type { Item } from "../judging/items.ts";

type Sent = Record<NormalisedRecord["etat"], number>;
/** What was read, acknowledged, refused, and passed over because an earlier run had delivered it. */
export type Tally = { read: number; sent: Sent; rejected: number; before: number };
export const emptyTally = (): Tally => ({ read: 0, sent: { SUCCESS: 0, FAILED: 0 }, rejected: 0, before: 0 });

/** What a batch holds: new records by state, new rejects by reason, and those of earlier runs. */
export type Counts = { sent: Sent; rejected: Map<ReasonCode, number>; before: number };
export const emptyCounts = (): Counts => ({ sent: { SUCCESS: 0, FAILED: 0 }, rejected: new Map(), before: 0 });

export function count(counts: Counts, item: Item, { isNew }: Readonly<{ isNew: boolean }>): void {
  if (item.kind === "rest") return;
  if (!isNew) counts.before++;
  else if (item.kind === "record") counts.sent[item.etat]++;
  else counts.rejected.set(item.code, (counts.rejected.get(item.code) ?? 0) + 1);
}

export const sentIn = ({ sent }: Readonly<{ sent: Sent }>): number => sent.SUCCESS + sent.FAILED;
const rejectedIn = ({ rejected }: Counts) => sum([...rejected.values()]);
/** How many new records and rejects. */
export const recordsIn = (counts: Counts): number => sentIn(counts) + rejectedIn(counts);

/** Adds what was delivered; it was read already. */
export function addTo(tally: Tally, counts: Counts): void {
  tally.sent.SUCCESS += counts.sent.SUCCESS;
  tally.sent.FAILED += counts.sent.FAILED;
  tally.rejected += rejectedIn(counts);
  tally.before += counts.before;
  tally.read -= counts.before;
}

/** The last line of a run: `72 read · 72 sent (71 SUCCESS, 1 FAILED) · 0 rejected`, and anything passed over. */
export function summary(tally: Tally): string {
  const { read, sent, rejected, before } = tally;
  const passed = before > 0 ? ` · ${before} ingested before` : "";
  return `${read} read · ${sentIn(tally)} sent (${sent.SUCCESS} SUCCESS, ${sent.FAILED} FAILED) · ${rejected} rejected${passed}`;
}
