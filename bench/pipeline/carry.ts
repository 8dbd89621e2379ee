import { join } from "node:path";
import { ownProgram } from "../../src/stack/own-program.ts";
import type { ServiceName } from "../../src/stack/service.ts";
import { type Options, onFreshStack } from "./bench.ts";
import { writeRecords } from "./input.ts";
import { linesReceived, valueNow } from "./loki.ts";
import { median, megabytes, perSecond, table, timed, until, usageOf } from "./measure.ts";
import { pidIn } from "./processes.ts";

const collectors = { promtail: /promtail/, forwarder: /ingestion\.js\0--no-settings\0forward/ } as const;
type Collector = keyof typeof collectors;
const COUNT = 'sum(count_over_time({job="kafka-logs"}[1h]))';

type Carried = Readonly<{
  seconds: number;
  collector: number;
  loki: number;
  kafka: number;
  peak: number;
  inLoki: number;
}>;

/** Fills Kafka while nothing reads it, then lets one collector carry all of it to Loki. */
const carry = (name: Collector, { records }: Options): Promise<Carried> =>
  onFreshStack(["zookeeper", "kafka", "loki"], async ({ stack, data }) => {
    const file = join(data, "logs.json");
    await writeRecords(file, records);
    await timed(process.execPath, ownProgram("ingest", "--from", file), { env: { KAFKA_BROKERS: stack.kafkaBrokers } });
    const loki = pidIn(data, /loki-config/);
    const kafka = pidIn(data, /kafka\.Kafka/);
    const before = { loki: usageOf(loki).cpu, kafka: usageOf(kafka).cpu };
    const starting = stack.start(name as ServiceName);
    await until("the first lines", 60, async () => (await linesReceived(stack.lokiUrl)) > 0, 20);
    const [from, first] = [performance.now(), await linesReceived(stack.lokiUrl)];
    await until("all lines", 600, async () => (await linesReceived(stack.lokiUrl)) >= records, 100);
    const seconds = (performance.now() - from) / 1000;
    await starting;
    const used = usageOf(pidIn(data, collectors[name]));
    return {
      seconds: (seconds * records) / (records - first),
      collector: used.cpu,
      loki: usageOf(loki).cpu - before.loki,
      kafka: usageOf(kafka).cpu - before.kafka,
      peak: used.peak,
      inLoki: await valueNow(stack.lokiUrl, COUNT),
    };
  });

/** Records a second from Kafka to Loki by each collector, and the CPU that each part used for it. */
export async function benchCarry(options: Options): Promise<string> {
  const names = Object.keys(collectors) as Collector[];
  const all = new Map(names.map((name) => [name, [] as Carried[]]));
  for (let round = 0; round < options.rounds; round++)
    for (const name of names) all.get(name)!.push(await carry(name, options));
  const micros = (seconds: number) => `${((1e6 * seconds) / options.records).toFixed(1)} µs`;
  const row = (name: Collector) => {
    const runs = all.get(name)!;
    const mid = (value: (run: Carried) => number) => median(runs.map(value));
    return [
      name,
      perSecond(
        options.records,
        mid(({ seconds }) => seconds),
      ),
      micros(mid(({ collector }) => collector)),
      micros(mid(({ loki }) => loki)),
      micros(mid(({ kafka }) => kafka)),
      megabytes(mid(({ peak }) => peak)),
      runs.every(({ inLoki }) => inLoki === options.records)
        ? "all, once"
        : runs.map(({ inLoki }) => inLoki).join(", "),
    ];
  };
  return table(
    ["collector", "records/s", "CPU a record", "Loki's CPU", "Kafka's CPU", "peak memory", "in Loki"],
    names.map(row),
  );
}
