import { INVALID, jobs } from "../../../src/schema.ts";
import { numberOf, type Range } from "./load.ts";
import type { Entry } from "./loki.ts";

export type Figures = ReturnType<typeof judge>;

const none = () => ({
  runs: new Set<number>(),
  invalid: new Set<number>(),
  rejects: new Set<number>(),
  /** Lines without a number. */
  strange: new Set<string>(),
});
/** The numbers that Loki shows, by what it shows them as. */
export type Shown = ReturnType<typeof none>;

/** Sorts the lines that Loki shows. */
export async function shownIn(entries: AsyncIterable<Entry>): Promise<Shown> {
  const shown = none();
  for await (const { labels, line } of entries) {
    const number = numberOf(line);
    if (number === undefined) shown.strange.add(line);
    else if (labels.job === jobs.rejects) shown.rejects.add(number);
    else if (labels.etat === INVALID) shown.invalid.add(number);
    else shown.runs.add(number);
  }
  return shown;
}

const belongs = (fate: Range["fate"], number: number, { runs, invalid, rejects }: Shown): boolean => {
  switch (fate) {
    case "run":
      return runs.has(number);
    case "invalid":
      return invalid.has(number);
    case "reject":
      return rejects.has(number);
    case "run or reject":
      return runs.has(number) || rejects.has(number);
  }
};

/**
 * What became of the numbers that were sent: `sent` with their fates, `shown` and `counted` by Loki, `inKafka` how many
 * messages each number has in each topic.
 */
export function judge(
  sent: readonly Range[],
  shown: Shown,
  counted: number,
  inKafka: readonly ReadonlyMap<number, number>[],
) {
  const numbers = sent.flatMap(({ first, count, fate }) =>
    Array.from({ length: count }, (_, index) => ({ number: first + index, fate })),
  );
  const lost = numbers.filter(({ number, fate }) => !belongs(fate, number, shown)).map(({ number }) => number);
  const distinct = new Set([...shown.runs, ...shown.invalid, ...shown.rejects]).size + shown.strange.size;
  const good = new Set(numbers.filter(({ fate }) => fate === "run").map(({ number }) => number));
  return {
    /** Numbers that Loki does not show where they belong, ascending. */
    lost: lost.sort((a, b) => a - b),
    /** Those of them that did not even reach Kafka. */
    neverInKafka: lost.filter((number) => inKafka.every((topic) => !topic.has(number))).length,
    /** What Loki counts beyond the distinct numbers that it shows. */
    twice: counted - distinct,
    /** Messages in Kafka beyond one a number in each topic: what Loki refuses stands among the rejects too. */
    doubledInKafka: inKafka.flatMap((topic) => [...topic.values()]).reduce((sum, count) => sum + count - 1, 0),
    /** Good records that were refused with a reason: visible, but not as runs. */
    refused: numbers.filter(
      ({ number, fate }) => fate === "run or reject" && !shown.runs.has(number) && shown.rejects.has(number),
    ).length,
    /** Rejects of what was no mistake, and lines that nobody sent. */
    falseRejects: shown.strange.size + [...shown.rejects].filter((number) => good.has(number)).length,
  };
}
