/** Mutants that no scenario can notice, since no rule or panel behaves otherwise for them; each with its reason. */
type Equivalent = Readonly<{ where: RegExp; change: RegExp; why: string }>;

const equivalents: readonly Equivalent[] = [
  {
    where: /./,
    change: /reducer last → /,
    why: "an instant query gives one number a series, and the pinned Grafana reduces a number to itself",
  },
  {
    where: /^1-echec/,
    change: /sum → |bytes_over_time|1 → 0\.97$/,
    why: "whole numbers compared with 1: at least one line, stream, byte or run is the same question",
  },
  {
    where: /^2-taux/,
    change: /in the fill: | or → and$|^A or → and$/,
    why: "the fill turns no data into 0, and both are normal",
  },
  {
    where: /^3-source/,
    change: /4500 → |\* 0 → |sum → |bytes_over_time|gt → gte|0 → -1$/,
    why: "what counts is whether there is a series; its value is said in the mail only",
  },
  {
    where: /^3-source/,
    change: /after unless: source!~.* → nothing/,
    why: "what follows unless can only take away sources that stand before it",
  },
  { where: /^5-surconsommation/, change: /in the fill: (sum|count_over_time) → /, why: "any number times 0 is 0" },
  {
    where: /^5-surconsommation/,
    change: /^A in the fill: \* 0 → \* 1$/,
    why: "a number of runs is far below any number of bytes",
  },
  {
    where: /^5-surconsommation/,
    change: /in the fill: (job.* → nothing|etat.* → nothing|\[15m\] → \[30m\])$/,
    why: "a 0 too many fires nothing",
  },
  {
    where: /^[12]-.*\/.*\//,
    change:
      /^in the fill: (\w+=.* → nothing$|"SUCCESS\|FAILED" → "SUCCESS"$|(sum|count_over_time) → |\[15m\] → \[30m\]$)/,
    why: "a 0 too many has no runs to be divided by, and any number times 0 is 0",
  },
  {
    where: /\/(7|1)\/B$/,
    change: /^source=~"\$source" → nothing$/,
    why: "a source that is not chosen has no counterpart in the other half of the ratio",
  },
  {
    where: /^2-errors-slas\/2\//,
    change: /__error__="" → nothing$/,
    why: "the producer writes a repair time as a number or not at all",
  },
  { where: /^2-errors-slas\/3\//, change: /__error__="" → nothing$/, why: "a timestamp is always a number" },
];

/** Why a mutant can survive, or undefined when it must not. */
export const reasonFor = (where: string, change: string): string | undefined =>
  equivalents.find((equivalent) => equivalent.where.test(where) && equivalent.change.test(change))?.why;
