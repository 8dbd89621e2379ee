import { setTimeout } from "node:timers/promises";
import type { KafkaSettings } from "../../core/kafka/settings.ts";
import { flushLoki, type LokiAddress } from "../../core/loki.ts";
import type { Progress } from "../../core/progress.ts";
import { readObjectState } from "../../producer/state/shape.ts";
import { jobs } from "../../schema.ts";
import { compare, type Difference } from "./compare.ts";
import type { Place } from "./entries.ts";
import { type Input, inputsSeen } from "./inputs.ts";
import { type KafkaSide, kafkaSide } from "./kafka.ts";
import { assertLoki, lokiAmounts, lokiEntries } from "./loki.ts";
import type { Message } from "./messages.ts";
import { MINUTE, type Range } from "./range.ts";
import { refusalsSeen } from "./refusals.ts";
import { type Resent, resender } from "./resend.ts";
import { gathering, type Results } from "./results.ts";

export type Options = Readonly<{
  kafka: KafkaSettings;
  loki: LokiAddress;
  range: Range;
  resend: boolean;
  progress: Progress;
  now?: () => number;
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

/** Loki does not answer with lines older than this that it still has in memory (`max_chunk_age` and what it adds). */
const UNSEEN_MS = 48 * 60 * MINUTE;
/** How long a flush takes to show, with room to spare. */
const FLUSH_MS = 15_000;

/** Compares Kafka with Loki; `resend` sends what is missing and compares again. Throws a `UserError` when it cannot. */
export async function reconcile({
  kafka: settings,
  loki,
  range,
  resend,
  progress,
  now = Date.now,
}: Options): Promise<Report> {
  const started = now();
  await assertLoki(loki);
  const kafka = await kafkaSide(settings, progress);
  try {
    const flushed = async () => {
      if (range.from > now() - UNSEEN_MS) return;
      await flushLoki(loki);
      await setTimeout(FLUSH_MS);
    };
    const compared = async (each: (difference: Difference) => Promise<void> = async () => {}) => {
      const [gathered, inputs, refusals] = [gathering(), inputsSeen(), refusalsSeen()];
      const excuse = (place: Place) => {
        if (kafka.isWaiting(place)) return "waiting";
        return refusals.has(place) ? "refused" : undefined;
      };
      const found = async (difference: Difference) => {
        await gathered.found(difference);
        await each(difference);
      };
      const sides = {
        ...kafka,
        amounts: (part: Range, width: number) => lokiAmounts(loki, { ...part, width }),
        entries: lokiEntries.bind(null, loki),
        seen: (message: Message) => {
          inputs.see(message.place);
          refusals.see(message);
        },
        excuse,
        found,
      };
      const comparison = await compare(sides, range);
      const forgotten = Object.values(jobs).some(kafka.hasForgotten);
      return {
        results: gathered.results(comparison),
        inputs: inputs.compared(await notesOf(kafka, range), { forgotten }),
      };
    };
    const done = (rest: Omit<Report, "range" | "held" | "seconds">): Report => ({
      range,
      held: kafka.held,
      seconds: (now() - started) / 1000,
      ...rest,
    });
    if (!resend) return done(await compared());
    // A line that Loki has and does not show must not be sent a second time.
    await flushed();
    const { resent, send } = resender(loki);
    const { results: before } = await compared(({ findings }) =>
      send(findings.filter(({ kind }) => kind === "missing")),
    );
    if (resent().sent > 0) await flushed();
    return done({ ...(await compared()), before, resent: resent() });
  } finally {
    await kafka.close();
  }
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
