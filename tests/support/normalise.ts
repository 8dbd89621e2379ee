/** A query on one line. */
export const oneLine = (expr: string) => expr.replace(/\s+/g, " ").replace(/\( /g, "(").replace(/ \)/g, ")");

/**
 * A query without its layout and what its place gives it: dashboard variables, and a rule's fill with 0 for runs
 * without the measure.
 */
export const normalise = (expr: string) =>
  oneLine(expr)
    .replace(/, \w+=~"\$\w+"/g, "")
    .replace(/^(max_over_time.*?) or sum by \(source\) \(count_over_time.*\* 0$/, "$1");
/** The same, without its windows too. */
export const windowless = (expr: string) => normalise(expr).replace(/\[[^\]]+\]/g, "[…]");
