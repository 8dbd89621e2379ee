import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { topics } from "../../src/core/topics.ts";
import { isIn } from "../../src/producer/inputs/share.ts";
import { ownProgram } from "../../src/stack/own-program.ts";
import { type Bench, type Options, onFreshStack } from "./bench.ts";
import { writeRecords } from "./input.ts";
import { messagesIn } from "./kafka.ts";
import { median, perSecond, table, timed, type Usage } from "./measure.ts";

const FILES = 8;
const SHARES = ["1/2", "2/2"];
/** Two producers are to be so many times as fast as one, where each core is one producer's or a service's. */
const GOAL = 1.7;
const CORES = 4;

/** Files of the same size, half of them in each share; gives how many records they hold. */
async function writeFiles(folder: string, records: number): Promise<number> {
  mkdirSync(folder);
  const numbers = Array.from({ length: 20 * FILES }, (_, number) => join(folder, `${number}.json`));
  const half = (part: number) =>
    numbers.filter((file) => isIn({ part, of: SHARES.length }, pathToFileURL(file).href)).slice(0, FILES / 2);
  const [each, files] = [Math.floor(records / FILES), [...half(1), ...half(2)]];
  for (const [index, file] of files.entries()) await writeRecords(file, each, index * each);
  return each * files.length;
}

const verdict = (times: number): string => {
  const cores = availableParallelism();
  if (cores < CORES) return `not judged: needs ${CORES} cores, has ${cores}`;
  return times >= GOAL ? "reached" : "missed";
};

/** Producers that begin at the same time: until the last ends, with the processor time of all. */
async function together(producers: readonly Promise<Usage>[]): Promise<Usage> {
  const all = await Promise.all(producers);
  const most = (figure: keyof Usage) => Math.max(...all.map((usage) => usage[figure]));
  return { seconds: most("seconds"), peak: most("peak"), cpu: all.reduce((sum, { cpu }) => sum + cpu, 0) };
}

/** One producer of a folder beside two that share it. */
export const benchShares = ({ records, rounds }: Options): Promise<string> =>
  onFreshStack(["zookeeper", "kafka"], async ({ stack, data }: Bench) => {
    const folder = join(data, "in");
    const count = await writeFiles(folder, records);
    const env = { KAFKA_BROKERS: stack.kafkaBrokers };
    const producer = (...share: readonly string[]) =>
      timed(process.execPath, ownProgram("ingest", "--from", folder, "--force", ...share), { env });
    const one: Usage[] = [];
    const two: Usage[] = [];
    for (let round = 0; round < rounds; round++) {
      one.push(await producer());
      two.push(await together(SHARES.map((share) => producer("--share", share))));
    }
    const [sent, wanted] = [await messagesIn(stack.kafkaBrokers, topics.records), 2 * rounds * count];
    if (sent !== wanted) throw new Error(`Kafka took ${sent} messages, not ${wanted}`);
    const seconds = (all: readonly Usage[]) => median(all.map((usage) => usage.seconds));
    const times = seconds(one) / seconds(two);
    const row = (name: string, all: readonly Usage[], rest: readonly string[]) => [
      name,
      perSecond(count, seconds(all)),
      `${((1e6 * median(all.map(({ cpu }) => cpu))) / count).toFixed(1)} µs`,
      ...rest,
    ];
    return table(
      ["producers", "records/s", "CPU a record", "÷ one", `goal (${GOAL} times)`],
      [row("one", one, ["1.00", ""]), row("two, a share each", two, [times.toFixed(2), verdict(times)])],
    );
  });
