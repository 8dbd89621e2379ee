import { UserError } from "../../core/errors.ts";
import { type LokiAddress, Refused, resultOf, textFrom } from "../../core/loki.ts";
import { MINUTE_MS } from "../../core/spans.ts";
import { jobs, streamLabels } from "../../schema.ts";
import { type Amount, type Amounts, add, type Group, groupKey, nothing } from "./amounts.ts";
import { entryKey } from "./entries.ts";
import type { Range } from "./range.ts";

type Sample = [seconds: number, value: string];
type Series = { metric: Record<string, string>; values: Sample[]; value: Sample };

/** Loki would give an answer for a shorter time. */
const isTooLarge = (error: unknown): error is Refused =>
  error instanceof Refused && /maximum (number )?of series|larger than max|ResourceExhausted/.test(error.message);

/** Points in one answer; Loki gives 11 000 at most. */
const POINTS = 10_000;
const quoted = (text: string) => JSON.stringify(text);
const allJobs = `{job=~"${Object.values(jobs).join("|")}"}`;
const ofGroup = ({ job, source }: Group) => `{job=${quoted(job)}, source=${quoted(source)}}`;
/** Labels under which a query hands out an entry's time and line; no stream has them. */
const [TIME, LINE] = ["reconcile_ms", "reconcile_line"];

async function ask(loki: LokiAddress, path: string, parameters: Record<string, string>): Promise<Series[]> {
  return resultOf(loki, await textFrom(loki, `/loki/api/v1/${path}`, { parameters }));
}

/**
 * The window before a moment. Loki leaves out a window's first moment but not its last.
 * A millisecond's shift makes it the other way round.
 */
const window = (milliseconds: number) => `[${milliseconds}ms] offset 1ms`;

/** A point at the end of each slot; Loki aligns the ends to the step, and so they must be. */
const slots = ({ from, to }: Range, width: number) => ({
  start: `${from + width}000000`,
  end: `${to}000000`,
  step: `${width / 1000}`,
});

const inMinute = `| label_format ${TIME}=\`{{ mod (unixEpochMillis __timestamp__) ${MINUTE_MS} }}\` | unwrap ${TIME} | __error__=""`;
/** The queries that make an amount of the lines in a window. */
const sums = {
  count: (range: string) => `count_over_time(${allJobs} ${range})`,
  bytes: (range: string) => `bytes_over_time(${allJobs} ${range})`,
  times: (range: string) => `sum_over_time(${allJobs} ${inMinute} ${range})`,
} satisfies Record<keyof Amount, (range: string) => string>;

/** What Loki counts, by group and slot of `width` milliseconds, as the dashboards would; the range has whole slots. */
export async function lokiAmounts(
  loki: LokiAddress,
  { from, to, width }: Range & Readonly<{ width: number }>,
): Promise<Amounts> {
  const amounts: Amounts = new Map();
  for (let start = from; start < to; start += POINTS * width) {
    const part = { from: start, to: Math.min(start + POINTS * width, to) };
    for (const [name, sum] of Object.entries(sums)) {
      const query = `sum by (job, source) (${sum(window(width))})`;
      for (const { metric, values } of await ask(loki, "query_range", { query, ...slots(part, width) })) {
        const group = groupKey({ job: metric.job ?? "", source: metric.source ?? "" });
        for (const [seconds, value] of values)
          add(amounts, { ...nothing, [name]: Number(value) }, { group, slot: Math.round(seconds * 1000) - width });
      }
    }
  }
  return amounts;
}

/**
 * How often Loki counts each entry of a group, by `entryKey`. Halves the time until an answer is small enough.
 * Throws a `UserError` if one millisecond alone is too much.
 */
export async function lokiEntries(loki: LokiAddress, group: Group, { from, to }: Range): Promise<Map<string, number>> {
  const by = ["job", ...streamLabels.map(({ name }) => name), TIME, LINE].join(", ");
  const named = `| label_format ${TIME}=\`{{ __timestamp__ | unixEpochMillis }}\`, ${LINE}=\`{{ __line__ }}\``;
  try {
    const query = `sum by (${by}) (count_over_time(${ofGroup(group)} ${named} ${window(to - from)}))`;
    const found = await ask(loki, "query", { query, time: `${to}000000` });
    return new Map(
      found.map(({ metric: { [TIME]: time, [LINE]: line = "", ...labels }, value: [, count] }) => [
        entryKey({ labels, time: Number(time), line }),
        Number(count),
      ]),
    );
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    if (to - from <= 1)
      throw new UserError(
        `Loki holds too many lines of ${ofGroup(group)} at ${new Date(from).toISOString()} to name them: ${error.message} Raise the limit in its limits_config, and run this again.`,
        { cause: error },
      );
    const middle = Math.floor((from + to) / 2);
    return new Map([
      ...(await lokiEntries(loki, group, { from, to: middle })),
      ...(await lokiEntries(loki, group, { from: middle, to })),
    ]);
  }
}

/** Whether Loki answers at all. */
export const assertLoki = (loki: LokiAddress): Promise<unknown> => textFrom(loki, "/loki/api/v1/labels");
