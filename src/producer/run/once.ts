import type { Surroundings } from "../../core/command.ts";
import { type KafkaSettings, kafkaSettings } from "../../core/kafka/settings.ts";
import { progressOn, silent } from "../../core/progress.ts";
import { sentence } from "../../core/visible.ts";
import { sizeOf } from "../inputs/input.ts";
import { inputsOf } from "../inputs/listing.ts";
import { isIn, type Share, shareText } from "../inputs/share.ts";
import { spooled } from "../inputs/spooled.ts";
import type { Sink } from "../sending/delivery.ts";
import { dryRunSink } from "../sending/dry-run.ts";
import { type IngestOptions, ingest, type Outcome } from "./ingest.ts";
import { sentIn, summary } from "./tally.ts";

/** `under` is what the addresses of all inputs begin with, where there can be several. */
type Order = IngestOptions &
  Readonly<{
    from: string;
    under: string | undefined;
    share: Share;
    dryRun: boolean;
    force: boolean;
    isSample: boolean;
  }>;
type Around = Pick<Surroundings, "env" | "stdin" | "stdout" | "stderr" | "interrupted">;

/** Ingests what is there now and says how it went; gives the exit status. */
export async function ingestOnce(order: Order, { env, stdin, stdout, stderr, interrupted }: Around): Promise<number> {
  const { from, under, share, timestamps, dryRun, isSample } = order;
  const settings = dryRun ? undefined : kafkaSettings(env);
  const isReplay = timestamps === "replay";
  const warn = (text: string) => void stderr.write(`${sentence(text)}\n`);
  const listed = (await inputsOf(from, stdin)).filter(({ address }) => isIn(share, address));
  const inputs = isReplay && from === "-" ? await Promise.all(listed.map(spooled)) : listed;
  const signal = dryRun || isReplay ? undefined : interrupted();
  const progress = dryRun ? silent : progressOn(stderr, "reading");
  // A replay is read twice.
  progress.start((sizeOf(inputs) ?? 0) * (isReplay ? 2 : 1));
  const outcome = await ingest(order, {
    inputs,
    connect: async () => (settings ? kafkaSinkOf(settings, { ...order, warn, signal }) : dryRunSink(stdout, stderr)),
    report: (tally, bytes) => progress.at(bytes, summary(tally)),
    warn,
    under,
    ...(signal && { signal }),
  }).finally(progress.stop);
  for (const error of outcome.errors) warn(error);
  const line = lastLine(order, inputs.length, outcome);
  // A dry run writes nothing but records to standard output.
  if (line && !dryRun) stdout.write(`${sentence(line)}\n`);
  else if (line && stderr.isTTY) warn(line);
  if (outcome.errors.length > 0) return 1;
  if (isSample && timestamps === "arrival" && !dryRun)
    warn("that was the bundled sample: neither --from nor INGEST_FROM is set");
  return outcome.rejected > 0 ? 2 : 0;
}

type Sending = Order & Readonly<{ warn(text: string): void; signal: AbortSignal | undefined }>;

async function kafkaSinkOf(
  settings: KafkaSettings,
  { timestamps, load, share, force, warn, signal }: Sending,
): Promise<Sink> {
  if (timestamps === "replay") return (await import("../sending/kafka.ts")).kafkaSink(settings);
  return (await import("../state/sink.ts")).stateSink({
    settings,
    load: timestamps === "event" ? load : undefined,
    share,
    force,
    waiting: (seconds, holder) => warn(waitingFor(seconds, holder)),
    signal,
  });
}

/** What the user reads who waits for another run. */
const waitingFor = (seconds: number, holder: string): string =>
  seconds < 60
    ? "Another ingestion is at work; waiting until it lets this one in."
    : `Another ingestion (${holder}) has been at work for ${seconds} s; still waiting. If it hangs, end its process: 15 s later this one goes on.`;

/** How a run of so many inputs ended; nothing where its errors say all. */
function lastLine({ from, share }: Order, inputs: number, outcome: Outcome): string | undefined {
  const { errors, already, rejected, before } = outcome;
  if (inputs === 0) return `${from} holds nothing of the share ${shareText(share)}: nothing sent`;
  if (errors.length > 0 && sentIn(outcome) + rejected + before === 0) return undefined;
  if (errors.length === 0 && already.length === inputs)
    return `${from} was already ingested: nothing sent; --force sends it again`;
  const passed = already.length > 0 ? ` · ${already.length} of ${inputs} objects were already ingested` : "";
  return summary(outcome) + passed;
}
