import { Counter, Gauge, Registry } from "prom-client";

/** How many messages of a partition its group has not committed. */
export type Lag = Readonly<{ topic: string; partition: number; messages: number }>;

/** What `/metrics` shows; `lags` is asked at every scrape, and while Kafka does not answer the last answer stands. */
export function forwarderMetrics(lags: () => Promise<readonly Lag[]>) {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: "forwarder_lag_messages",
    help: "Messages of a partition that are not in Loki yet.",
    labelNames: ["topic", "partition"],
    registers,
    async collect() {
      for (const { topic, partition, messages } of await lags().catch(() => []))
        this.set({ topic, partition }, messages);
    },
  });
  return {
    registry,
    pushed: new Counter({
      name: "forwarder_pushed_total",
      help: "Messages that Loki stored.",
      labelNames: ["topic"],
      registers,
    }),
    refused: new Counter({
      name: "forwarder_refused_total",
      help: "Messages that Loki refused.",
      labelNames: ["topic", "reason"],
      registers,
    }),
    retries: new Counter({
      name: "forwarder_retries_total",
      help: "Attempts made again because Loki did not answer or was too busy.",
      registers,
    }),
  };
}
