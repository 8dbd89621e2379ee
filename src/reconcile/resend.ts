// PLACEHOLDER push
import type { Placed } from "./entries.ts";
export type Resent = { sent: number; refused: Map<string, number> };
export function resender(url: string) {
  const total: Resent = { sent: 0, refused: new Map() };
  return {
    total,
    async send(missing: readonly Placed[]): Promise<void> {
      for (const {
        entry: { labels, time, line },
      } of missing) {
        const response = await fetch(`${url}/loki/api/v1/push`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ streams: [{ stream: labels, values: [[`${time}000000`, line]] }] }),
        });
        if (response.ok) total.sent++;
        else {
          const t = (await response.text()).slice(0, 100);
          total.refused.set(t, (total.refused.get(t) ?? 0) + 1);
        }
      }
    },
  };
}
