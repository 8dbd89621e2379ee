import { Counter, Gauge, Registry } from "prom-client";
import type { Keeper } from "./keeper.ts";

export type StoreMetrics = ReturnType<typeof storeMetrics>;

/** Figures of the keeper: what is now, and what was lost since the start. */
const levels = {
  store_lines: ["lines", "Lines that are held."],
  store_journal_lines: ["journalLines", "Lines in the journal, those among them that are no longer held too."],
  store_journal_bytes: ["journalBytes", "Bytes of the journal."],
} as const;
const losses = {
  store_lines_lost_total: ["lost", "Lines that went before their time because more came than STORE_MAX_LINES."],
  store_lines_expired_total: ["expired", "Lines that went at the end of the retention."],
} as const;

/** What `/metrics` shows. */
export function storeMetrics(figures: Keeper["figures"]) {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string, { labelNames }: { labelNames: string[] }) =>
    new Counter({ name, help, labelNames, registers });
  const discarded = counter("loki_discarded_samples_total", "Lines that were refused.", {
    labelNames: ["tenant", "reason"],
  });
  const accepted = counter("store_lines_accepted_total", "Lines that were taken.", { labelNames: ["tenant"] });
  for (const [name, [figure, help]] of Object.entries(levels))
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(figures()[figure]);
      },
    });
  for (const [name, [figure, help]] of Object.entries(losses))
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(figures()[figure]);
      },
    });
  return {
    registry,
    discarded: (tenant: string, { reason, count }: Readonly<{ reason: string; count: number }>) =>
      discarded.inc({ tenant, reason }, count),
    accepted: (tenant: string, count: number) => accepted.inc({ tenant }, count),
  };
}
