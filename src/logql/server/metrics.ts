import { Counter, Gauge, Registry } from "prom-client";
import type { Keeper } from "./keeper.ts";

export type StoreMetrics = ReturnType<typeof storeMetrics>;

const levels = {
  store_lines: { help: "Lines that are held.", figure: "lines" },
  store_journal_lines: {
    help: "Lines in the journal, those among them that are no longer held too.",
    figure: "journalLines",
  },
  store_journal_bytes: { help: "Bytes of the journal.", figure: "journalBytes" },
} as const;
const losses = {
  store_lines_lost_total: {
    help: "Lines that went before their time because more came than STORE_MAX_LINES.",
    figure: "lost",
  },
  store_lines_expired_total: { help: "Lines that went at the end of the retention.", figure: "expired" },
} as const;

/** What `/metrics` shows. */
export function storeMetrics(figures: Keeper["figures"]) {
  const registry = new Registry();
  const registers = [registry];
  const discarded = new Counter({
    name: "loki_discarded_samples_total",
    help: "Lines that were refused.",
    labelNames: ["tenant", "reason"],
    registers,
  });
  const accepted = new Counter({
    name: "store_lines_accepted_total",
    help: "Lines that were taken.",
    labelNames: ["tenant"],
    registers,
  });
  for (const [name, { help, figure }] of Object.entries(levels))
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(figures()[figure]);
      },
    });
  for (const [name, { help, figure }] of Object.entries(losses))
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
