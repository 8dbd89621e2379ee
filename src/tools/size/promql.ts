import { config } from "../../config.ts";
import { printDuration } from "../../core/units.ts";
import { CHOSEN, type RuleName } from "./recording.ts";

/** What is asked of Prometheus, and whether it says the same, to the five minutes of a record. */
export type Instead = Readonly<{ rules: readonly RuleName[]; promql: string; exact: boolean }>;

/** Runs, by state and source, of each five minutes. */
export const RUNS = "ingestion:runs:count5m";
export const FAILED = 'etat="FAILED"';
export const SUCCESS = 'etat="SUCCESS"';
export const bySource = " by (source) ";
/** The variables of the dashboards; those of rules are none. */
const VARIABLES = CHOSEN.map((name) => `${name}=~"$${name}"`);

/** A record as a panel chooses it. */
export const chosen = (rule: RuleName, ...more: readonly string[]) => `${rule}{${[...more, ...VARIABLES].join(", ")}}`;
/** A window, and for what each has a number of its own. */
type Over = Readonly<{ window: string; by?: string }>;
type Windowed = Exclude<keyof typeof config.rules, "3-source-muette">;
/** The window of an alert rule, which the panel that it watches draws. */
export const windowOf = (rule: Windowed) => ({ window: printDuration(config.rules[rule].window) });
/** How long a source is remembered that nobody expects, and how long one may be silent. */
export const [MEMORY, SILENCE] = [printDuration(config.sources.memory), printDuration(config.sources.maxSilence)];
/** Runs in a window. */
export const sum = (selector: string, { by, window }: Readonly<{ by: string; window: string }>) =>
  `sum${by}(sum_over_time(${selector}[${window}]))`;
/** Those that a panel chose. */
export const runsIn = ({ window, by = "" }: Over, ...more: readonly string[]) =>
  sum(chosen(RUNS, ...more), { by, window });
/** 0 where none failed, as the panel says it. */
export const rateIn = (over: Over) => `(${runsIn(over, FAILED)} or 0 * ${runsIn(over)}) / ${runsIn(over)}`;
/** The largest of what is recorded in a window, by source. */
export const most = (selector: string, { window, by = bySource }: Over) =>
  `max${by}(max_over_time(${selector}[${window}]))`;
/** The same of what a panel chose. */
export const largest = (rule: RuleName, over: Over) => most(chosen(rule), over);

/** The largest of what is recorded by each of these rules; not the same where centiles are taken of centiles. */
export const ofLargest = (rules: readonly RuleName[], over: Over): Instead => ({
  rules,
  promql: rules.map((rule) => largest(rule, over)).join(", "),
  exact: !rules.some((rule) => rule.includes(":duration:")),
});
export const counted = (promql: string, { exact = true } = {}): Instead => ({ rules: [RUNS], promql, exact });
