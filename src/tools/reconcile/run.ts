import { setTimeout } from "node:timers/promises";
import type { KafkaSettings } from "../../core/kafka/settings.ts";
import { flushLoki, type LokiAddress } from "../../core/loki.ts";
import type { Progress } from "../../core/progress.ts";
import { readObjectState } from "../../producer/state/shape.ts";
import { jobs } from "../../schema.ts";
import { MAX_CHUNK_AGE } from "../../services/loki.ts";
import { compare } from "./compare.ts";
import { type Input, inputsSeen } from "./inputs.ts";
import { type KafkaSide, kafkaSide } from "./kafka.ts";
import { assertLoki, lokiAmounts, lokiEntries } from "./loki.ts";
import type { Range } from "./range.ts";
import { refusalsSeen } from "./refusals.ts";
import { type Resent, resender } from "./resend.ts";
import { gathering, type Results } from "./results.ts";
import type { Sides } from "./sides.ts";

type Options = Readonly<{
  kafka: KafkaSettings;
  loki: LokiAddress;
  range: Range;
  resend: boolean;
  progress: Progress;
}>;
/** What was compared and found: `results` as it is now; `before` and `resent` when missing lines were sent again. */
export type Report = Readonly<{
  range: Range;
  held: KafkaSide["held"];
  seconds: number;
  results: Results;
  inputs: readonly Input[];
  before?: Results;
  resent?: Resent;
}>;

/** How long a flush takes to show, with room to spare. */
const FLUSH_MS = 15_000;

type Asked = Readonly<{ kafka: KafkaSide; loki: LokiAddress; range: Range }>;
type Compared = Omit<Report, "range" | "held" | "seconds">;

/** Compares Kafka with Loki; `resend` sends what is missing and compares again. Throws a `UserError` when it cannot. */
export async function reconcile({ kafka: settings, loki, range, resend, progress }: Options): Promise<Report> {
  const started = Date.now();
  await assertLoki(loki);
  const kafka = await kafkaSide(settings, progress);
  const asked = { kafka, loki, range };
  const found: Compared = await (resend ? mended(asked) : compared(asked)).finally(kafka.close);
  return { range, held: kafka.held, seconds: (Date.now() - started) / 1000, ...found };
}

async function compared({ kafka, loki, range }: Asked, each: Sides["found"] = async () => {}) {
  const [gathered, inputs, refusals] = [gathering(), inputsSeen(), refusalsSeen()];
  const sides: Sides = {
    ...kafka,
    amounts: (part, width) => lokiAmounts(loki, { ...part, width }),
    entries: (group, part) => lokiEntries(loki, group, part),
    seen: (message) => {
      inputs.see(message.place);
      refusals.see(message);
    },
    excuse: (place) => {
      if (kafka.isWaiting(place)) return "waiting";
      return refusals.has(place) ? "refused" : undefined;
    },
    found: async (difference) => {
      await gathered.found(difference);
      await each(difference);
    },
  };
  const comparison = await compare(sides, range);
  const forgotten = Object.values(jobs).some(kafka.hasForgotten);
  const seen = inputs.compared(await notesOf(kafka, range), { forgotten });
  return { results: gathered.results(comparison), inputs: seen };
}

/** Sends what is missing while it compares, and compares again. */
async function mended(asked: Asked): Promise<Compared> {
  // A line that Loki has and does not show must not be sent a second time.
  await flushed(asked);
  const { resent, send } = resender(asked.loki);
  const { results: before } = await compared(asked, ({ findings }) =>
    send(findings.filter(({ kind }) => kind === "missing")),
  );
  if (resent().sent > 0) await flushed(asked);
  return { ...(await compared(asked)), before, resent: resent() };
}

/** Has Loki write what it holds in memory, where the range has lines so old that it does not answer with them. */
async function flushed({ loki, range }: Asked): Promise<void> {
  if (range.from > Date.now() - MAX_CHUNK_AGE.value * 1000) return;
  await flushLoki(loki);
  await setTimeout(FLUSH_MS);
}

/** What the producer noted since the range began, by input. */
async function notesOf(kafka: KafkaSide, { from }: Range): Promise<Map<string, number>> {
  const notes = new Map<string, number>();
  await kafka.notes(({ key, value, time }) => {
    const records = value === undefined ? undefined : readObjectState(value)?.records;
    if (records === undefined || time < from) notes.delete(key);
    else notes.set(key, records);
  });
  const byInput = new Map<string, number>();
  for (const [key, records] of notes) byInput.set(addressOf(key), Math.max(records, byInput.get(addressOf(key)) ?? 0));
  return byInput;
}

/** An input that was read as history has a note of its own for each load; its messages name the address alone. */
const addressOf = (key: string) => key.replace(/^event .*? (?=\w+:\/\/|-$)/, "");
