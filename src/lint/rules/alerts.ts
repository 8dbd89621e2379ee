import { printDuration, seconds } from "../../units.ts";
import { parts, ranges } from "../model.ts";
import { type Rule, structural } from "../rule.ts";

const variableInRule: Rule = {
  name: "variable-in-rule",
  reason: "A rule is evaluated without a dashboard: nobody fills in its variables.",
  check: ({ about, text, variables }) =>
    about.role === "rule"
      ? variables.map(({ from, to, place }) => ({
          offset: from,
          message: `the rule contains the dashboard variable ${text.slice(from, to)}`,
          suggestion: place === "range" ? "write a literal duration, as [5m]" : "write the value itself",
        }))
      : [],
};

const topkInRule = structural(
  "topk-in-rule",
  "The members of a top list change from one evaluation to the next, so alerts start and end without cause.",
  (query, { about }) =>
    about.role === "rule" && query.kind === "metric"
      ? parts(query.metric).flatMap((part) =>
          part.kind === "aggregate" && /^(?:topk|bottomk)$/.test(part.fn)
            ? [
                {
                  offset: part.from,
                  message: `the rule watches a ${part.fn}`,
                  suggestion: "compare every series with the threshold; keep the top list for the panel",
                },
              ]
            : [],
        )
      : [],
);

const said = (value: number) => (Number.isInteger(value) ? printDuration(seconds(value)) : `${value}s`);

const windowTooShort = structural(
  "window-too-short",
  "A window below evaluation interval + delivery delay lets lines fall between two evaluations.",
  (query, { about: { role, interval }, delay }) => {
    if (role !== "rule" || interval === undefined) return [];
    const least = interval + delay;
    return ranges(query).flatMap(({ window }) =>
      window?.seconds !== undefined && window.seconds < least
        ? [
            {
              offset: window.from,
              message: `the window of ${window.text} is shorter than the evaluation interval of ${said(interval)} plus a delivery delay of ${said(delay)}`,
              suggestion: `look back at least ${said(least)}`,
            },
          ]
        : [],
    );
  },
);

export const alertRules: readonly Rule[] = [variableInRule, topkInRule, windowTooShort];
