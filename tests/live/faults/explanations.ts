import type { Collector } from "./rig.ts";
import type { Row } from "./run.ts";

export type Figure = "lost" | "twice" | "doubledInKafka" | "refused" | "falseRejects";
/** Why a figure of some rows is not 0, and what a user can do. Only those that a run's figures ask for are printed. */
export type Explanation = Readonly<{
  figure: Figure;
  collector?: Collector;
  faults?: readonly string[] /** No collector could prevent it: it fails no row. */;
  lokisOwn?: true;
  why: string;
  todo: string;
}>;

export const figureOf = (row: Row, figure: Figure): number => (figure === "lost" ? row.lost.length : row[figure]);
export const figureNames: Readonly<Record<Figure, string>> = {
  lost: "lost",
  twice: "counted twice",
  doubledInKafka: "doubled in Kafka",
  refused: "refused",
  falseRejects: "rejected without cause",
};

const FORWARDER = "Choose `COLLECTOR=forwarder`.";
/** The first that fits a figure explains it, so the special ones come first. */
export const explanations: readonly Explanation[] = [
  {
    figure: "lost",
    collector: "promtail",
    faults: ["skewed-clocks"],
    why: "Loki refuses lines that are over 10 minutes ahead of its clock, or more than 24 h behind the newest line of their stream. Promtail drops what Loki refuses: only its log and Loki's metric `loki_discarded_samples_total` tell.",
    todo: `${FORWARDER} It puts such lines among the rejects, with Loki's reason. Load history with \`--timestamps event\`, which gives it streams of its own.`,
  },
  {
    figure: "lost",
    collector: "promtail",
    faults: ["long-lines"],
    why: "Loki refuses lines over 256 KB, and Promtail drops them: only its log and Loki's metric `loki_discarded_samples_total` tell. The line in the file is not concerned: the producer puts it among the rejects.",
    todo: `${FORWARDER} It puts such lines among the rejects, with Loki's reason.`,
  },
  {
    figure: "lost",
    faults: ["flush-kill-loki"],
    lokisOwn: true,
    why: "Loki 3.7 had confirmed these lines. After a flush it forgets a stream and counts its lines anew; when it starts after a crash, it takes the new ones for the old ones that its log still holds, and drops them. The next checkpoint of that log, within a minute, ends it. A stop (not a crash) of Loki loses nothing.",
    todo: "Avoid `POST /flush` in daily work. After a crash of Loki, `npm run reconcile` names the missing records and can send them again: Kafka still has them.",
  },
  {
    figure: "lost",
    collector: "promtail",
    why: "Promtail marks a Kafka offset as read when the line enters its memory, before Loki has stored it; what it held when the fault came is lost. No setting changes that; small batches (64 KiB, 250 ms) bound it.",
    todo: `${FORWARDER} With Promtail, \`npm run reconcile\` names the missing records and can send them again.`,
  },
  {
    figure: "twice",
    collector: "promtail",
    why: "After the fault Promtail reads again from the last offset that it committed (once a second), or sends again a batch whose answer it did not hear, and Loki stores again what it has already moved into another chunk. Log panels show such a line once; whatever counts lines counts it twice.",
    todo: FORWARDER,
  },
  {
    figure: "refused",
    collector: "forwarder",
    why: 'Loki does not take these: over 256 KB, over 10 minutes ahead of its clock, or more than 24 h behind the newest line of their stream. None is lost: each is among the rejects (`job="kafka-rejets"`), with Loki\'s reason and the beginning of its text.',
    todo: "Mend the producer that sent them; load history with `--timestamps event`, which gives it streams of its own.",
  },
];

/** The explanation of a figure that is not 0; nothing when none is known. */
export const explanationOf = (row: Row, figure: Figure): Explanation | undefined =>
  explanations.find(
    (one) =>
      one.figure === figure &&
      (one.collector ?? row.collector) === row.collector &&
      (one.faults === undefined || one.faults.includes(row.fault)),
  );
