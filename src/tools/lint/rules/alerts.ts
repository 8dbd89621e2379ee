import { printDuration, seconds } from "../../../core/units.ts";
import { nodes, rangesOf } from "../../../logql/ast.ts";
import type { Placeholder } from "../../../logql/variables.ts";
import { placeOf, type Rule, type Subject, structural } from "../rule.ts";

/** What Grafana fills in itself before it asks Loki for a rule of its own. */
const FILLED_IN = /^__(?:auto|interval|interval_ms|range|range_s|range_ms)$/;
const UNFILLED = "__rate_interval";

/** Whether `$name` in the replacement of a `label_replace` means a group of its regular expression. */
const isGroup = ({ query }: Subject, { name, place }: Placeholder): boolean =>
  place === "string" &&
  query !== undefined &&
  query.kind !== "logs" &&
  nodes(query).some((node) => node.kind === "labelReplace" && new RegExp(`\\(\\?P?<${name}>`).test(node.regex));

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

const logQueryRule = structural({
  name: "log-query-rule",
  reason: "A rule compares numbers: a log query yields lines, which Loki's ruler and Grafana refuse to evaluate.",
  check: (query, { about }) =>
    about.role === "rule" && query.kind === "logs"
      ? [
          {
            offset: placeOf(query).from,
            message: "the rule is a log query",
            suggestion: "count its lines: sum(count_over_time(… [5m])) > 0",
          },
        ]
      : [],
});

const topkInRule = structural({
  name: "topk-in-rule",
  reason: "The members of a top list change from one evaluation to the next, so alerts start and end without cause.",
  check: (query, { about }) => {
    if (about.role !== "rule" || query.kind === "logs") return [];
    const lists = nodes(query).filter((node) => node.kind === "vector" && /^(?:topk|bottomk)$/.test(node.fn));
    return lists.map((node) => ({
      offset: placeOf(node).from,
      message: `the rule watches a ${node.kind === "vector" ? node.fn : ""}`,
      suggestion: "compare every series with the threshold; keep the top list for the panel",
    }));
  },
});

const printed = (value: number) => (Number.isInteger(value) ? printDuration(seconds(value)) : `${value}s`);

const windowTooShort = structural({
  name: "window-too-short",
  reason: "A window below evaluation interval + delivery delay lets lines fall between two evaluations.",
  check: (query, { about: { role, interval, reduced = 0 }, delay, windows }) => {
    if (role !== "rule" || interval === undefined) return [];
    const least = interval + delay;
    return rangesOf(query).flatMap((range) => {
      const { from, text, seconds } = windows.get(range)!;
      if (seconds === undefined || seconds + reduced >= least) return [];
      const whole = `the evaluation interval of ${printed(interval)} plus a delivery delay of ${printed(delay)}`;
      return [
        {
          offset: from,
          message: `the window of ${text} is shorter than ${whole}`,
          suggestion: `look back at least ${printed(least)}`,
        },
      ];
    });
  },
});

export const alertRules: readonly Rule[] = [variableInRule, logQueryRule, topkInRule, windowTooShort];
