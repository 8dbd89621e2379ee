import type { Tally } from "./tally.ts";

/** The last line of a run: `72 read · 72 sent (71 SUCCESS, 1 FAILED) · 0 rejected`, and anything passed over. */
export function summary({ read, sent: { SUCCESS, FAILED }, rejected, before }: Tally): string {
  const passed = before > 0 ? ` · ${before} ingested before` : "";
  return `${read} read · ${SUCCESS + FAILED} sent (${SUCCESS} SUCCESS, ${FAILED} FAILED) · ${rejected} rejected${passed}`;
}
