import { setTimeout } from "node:timers/promises";
import type { KafkaSettings } from "../kafka/settings.ts";
import { compare, type Difference } from "./compare.ts";
import { acknowledged, type Input, inputsSeen } from "./inputs.ts";
import { type KafkaSide, kafkaSide } from "./kafka.ts";
import { jobOf } from "./labels.ts";
import { assertLoki, flushLoki, lokiAmounts, lokiEntries } from "./loki.ts";
import type { Progress } from "./progress.ts";
import { MINUTE, type Range } from "./range.ts";
import { type Resent, resender } from "./resend.ts";
import { gathering, type Results } from "./results.ts";

export type Options = Readonly<{ kafka: KafkaSettings; lokiUrl: string; range: Range; resend: boolean; progress: Progress; now?: () => number }>;
/** What was compared and what it gave: `results` as it stands now, `before` and `resent` when missing lines were sent again. */
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

/** Compares Kafka with Loki; with `resend`, sends what is missing and compares again. Throws a `ReconcileError` when it cannot. */
export async function reconcile({ kafka: settings, lokiUrl, range, resend, progress, now = Date.now }: Options): Promise<Report> {
  const started = now();
  await assertLoki(lokiUrl);
  const kafka = await kafkaSide(settings, progress);
  try {
    const flushed = async () => {
      if (range.from > now() - UNSEEN_MS) return;
      await flushLoki(lokiUrl);
      await setTimeout(FLUSH_MS);
    };
    const compared = async (each: (difference: Difference) => Promise<void> = async () => {}) => {
      const [gathered, inputs] = [gathering(), inputsSeen()];
      const sides = { ...kafka, amounts: lokiAmounts.bind(null, lokiUrl), entries: lokiEntries.bind(null, lokiUrl) };
      const found = async (difference: Difference) => {
        await gathered.found(difference);
        await each(difference);
      };
      const comparison = await compare(sides, range, found, inputs.see);
      return {
        results: gathered.results(comparison),
        inputs: inputs.compared(
          await notesOf(kafka, range),
          Object.keys(jobOf).some((topic) => kafka.hasForgotten(jobOf[topic]!)),
        ),
      };
    };
    const done = (rest: Omit<Report, "range" | "held" | "seconds">): Report => ({ range, held: kafka.held, seconds: (now() - started) / 1000, ...rest });
    if (!resend) return done(await compared());
    // A line that Loki has and does not show must not be sent a second time.
    await flushed();
    const { total: resent, send } = resender(lokiUrl);
    const { results: before } = await compared(({ findings }) => send(findings.filter(({ kind }) => kind === "missing")));
    if (resent.sent > 0) await flushed();
    return done({ ...(await compared()), before, resent });
  } finally {
    await kafka.close();
  }
}

/** What the producer noted since the range began, by input. */
async function notesOf(kafka: KafkaSide, { from }: Range): Promise<Map<string, number>> {
  const notes = new Map<string, number>();
  await kafka.notes((key, value, time) => {
    const records = value === undefined ? undefined : acknowledged(value);
    if (records === undefined || time < from) notes.delete(key);
    else notes.set(key, records);
  });
  return notes;
}
