import { UserError } from "../../core/errors.ts";
import type { LokiAddress } from "../../core/loki.ts";
import { deliver } from "../../forwarder/deliver.ts";
import type { Placed } from "./entries.ts";

/** How many entries Loki took, and how many it refused for which reason. */
export type Resent = Readonly<{ sent: number; refused: ReadonlyMap<string, number> }>;

/** How long Loki may be away while entries are sent to it. */
const AWAY_MS = 60_000;

/** Sends missing entries to Loki, with the labels, time and line that the collector would have given them. */
export function resender(loki: LokiAddress) {
  const refused = new Map<string, number>();
  let sent = 0;
  return {
    resent: (): Resent => ({ sent, refused }),
    async send(missing: readonly Placed[]): Promise<void> {
      if (missing.length === 0) return;
      let last = "";
      const options = {
        loki,
        labelsOf: ({ labels }: Placed["entry"]) => labels,
        isDoubtful: () => false,
        onRetry: (reason: string) => {
          last = reason;
        },
        onAnswer: () => {},
        onFull: () => "give up" as const,
        signal: AbortSignal.timeout(AWAY_MS),
      };
      const entries = missing.map(({ entry }) => entry);
      const left = await deliver(entries, options).catch((cause) => {
        throw new UserError(
          `Loki at ${loki.url} did not take the missing lines within ${AWAY_MS / 1000} s (${last || cause.message}); what it took is kept, run this again.`,
          { cause },
        );
      });
      sent += entries.length - left.length;
      for (const { reason } of left) refused.set(kindOfReason(reason), (refused.get(kindOfReason(reason)) ?? 0) + 1);
    },
  };
}

/** Loki's words without what is the line's own. */
const kindOfReason = (reason: string) =>
  reason
    .replace(/\{[^}]*\}/g, "{…}")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…")
    .slice(0, 200);
