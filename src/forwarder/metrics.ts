import { Counter, Gauge, Registry } from "prom-client";

export type ForwarderMetrics = ReturnType<typeof forwarderMetrics>;

/** What `/metrics` shows; `ends` gives the end of each partition of a topic, asked at every scrape. */
export function forwarderMetrics(ends: () => Promise<{ topic: string; partition: number; end: bigint }[]>) {
  const registry = new Registry();
  const registers = [registry];
  const done = new Map<string, bigint>();
  new Gauge({
    name: "forwarder_lag_messages",
    help: "Messages of a partition that are not in Loki yet.",
    labelNames: ["topic", "partition"],
    registers,
    async collect() {
      for (const { topic, partition, end } of await ends().catch(() => [])) {
        const offset = done.get(`${topic} ${partition}`);
        if (offset !== undefined) this.set({ topic, partition }, Number(end - offset));
      }
    },
  });
  return {
    registry,
    committed: (topic: string, partition: number, offset: bigint) => done.set(`${topic} ${partition}`, offset),
    pushed: new Counter({ name: "forwarder_pushed_total", help: "Messages that Loki stored.", labelNames: ["topic"], registers }),
    refused: new Counter({ name: "forwarder_refused_total", help: "Messages that Loki refused.", labelNames: ["topic", "reason"], registers }),
    retries: new Counter({ name: "forwarder_retries_total", help: "Attempts made again because Loki did not answer or was too busy.", registers }),
  };
}
