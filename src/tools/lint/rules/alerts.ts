import { printDuration, seconds } from "../../../core/units.ts";
import { type Placeholder, UNFILLED } from "../../../logql/variables.ts";
import { aboutNodes, aboutQuery, aboutRanges, nodesOf, type Rule, type Subject } from "../rule.ts";

/** What Grafana fills in itself before it asks Loki for a rule of its own. */
const FILLED_IN = /^__(?:auto|interval|interval_ms|range|range_s|range_ms)$/;

/** Whether `$name` in the replacement of a `label_replace` means a group of its regular expression. */
const isGroup = ({ query }: Subject, { name, place }: Placeholder): boolean =>
  place === "string" &&
  query !== undefined &&
  nodesOf(query).some((node) => node.kind === "labelReplace" && new RegExp(`\\(\\?P?<${name}>`).test(node.regex));

const variableInRule: Rule = {
  name: "variable-in-rule",
  reason: "A rule is evaluated without a dashboard: nobody fills in its variables.",
  check: (subject) => {
    const { about, text, filled } = subject;
    if (about.role !== "rule") return [];
    return filled.placeholders
      .filter(({ name }) => (about.ruler || !FILLED_IN.test(name)) && name !== UNFILLED)
      .filter((placeholder) => !isGroup(subject, placeholder))
      .map(({ from, to, place, filled: { from: offset } }) => ({
        offset,
        message: `the rule contains the dashboard variable ${text.slice(from, to)}, which nobody fills in`,
        suggestion: place === "range" ? "write a literal duration, as [5m]" : "write the value itself",
      }));
  },
};

const logQueryRule = aboutQuery({
  name: "log-query-rule",
  reason: "A rule compares numbers: a log query yields lines, which Loki's ruler and Grafana refuse to evaluate.",
  check: (at, { about }) => {
    if (about.role !== "rule" || at.kind !== "logs") return undefined;
    const suggestion = "count its lines: sum(count_over_time(… [5m])) > 0";
    return { at, message: "the rule is a log query", suggestion };
  },
});

const topkInRule = aboutNodes({
  name: "topk-in-rule",
  reason: "The members of a top list change from one evaluation to the next, so alerts start and end without cause.",
  check: (at, { about }) => {
    if (about.role !== "rule" || at.kind !== "vector" || !/^(?:topk|bottomk)$/.test(at.fn)) return undefined;
    const suggestion = "compare every series with the threshold; keep the top list for the panel";
    return { at, message: `the rule watches a ${at.fn}`, suggestion };
  },
});

const printed = (value: number) => (Number.isInteger(value) ? printDuration(seconds(value)) : `${value}s`);

const windowTooShort = aboutRanges({
  name: "window-too-short",
  reason: "A window below evaluation interval + delivery delay lets lines fall between two evaluations.",
  check: (range, { about: { role, interval, reduced = 0 }, delay, windows }) => {
    const window = windows.get(range)!;
    if (role !== "rule" || interval === undefined || window.seconds === undefined) return undefined;
    const least = interval + delay;
    if (window.seconds + reduced >= least) return undefined;
    const whole = `the evaluation interval of ${printed(interval)} plus a delivery delay of ${printed(delay)}`;
    const message = `the window of ${window.text} is shorter than ${whole}`;
    return { at: { span: window }, message, suggestion: `look back at least ${printed(least)}` };
  },
});

export const alertRules: readonly Rule[] = [variableInRule, logQueryRule, topkInRule, windowTooShort];
