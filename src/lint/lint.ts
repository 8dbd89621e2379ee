import type { About, Contents, Fault, Finding, Found, Stated } from "./finding.ts";
import { parse } from "./parse.ts";
import type { Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";

/** Which rules to leave out, and the seconds from a line's writing to Loki answering with it. */
export type Options = Readonly<{ disabled: ReadonlySet<string>; delay: number }>;

export type RuleFault = Fault & Readonly<{ rule: string }>;
/** What is against a query, and why it was not judged if it was not. */
export type Judged = Readonly<{ faults: readonly RuleFault[]; remark?: string }>;

/** Judges one LogQL query; every fault comes with the rule that found it, in the order of the text. */
export function judge(text: string, about: About, { disabled, delay }: Options): Judged {
  try {
    const subject = { ...parse(text), about, delay };
    const { original } = subject.filled;
    const faultsOf = ({ name, check }: Rule): readonly RuleFault[] =>
      disabled.has(name) ? [] : check(subject).map(({ offset, ...fault }) => ({ ...fault, offset: original(offset), rule: name }));
    const faults = rules.flatMap(faultsOf).sort((a, b) => a.offset - b.offset);
    return subject.unjudged ? { faults, remark: `holds ${subject.unjudged}, which is not judged` } : { faults };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { faults: [], remark: "is nested too deeply to be judged" };
  }
}

/** The faults of one LogQL query. */
export const lintQuery = (text: string, about: About, options: Options): readonly RuleFault[] => judge(text, about, options).faults;

/** The units of each panel, by its key; none for a panel of which one query's unit is unknown. */
function plottedUnits(queries: readonly Found[]): ReadonlyMap<string, readonly Stated[]> {
  const panels = new Map<string, readonly Stated[]>();
  for (const { about } of queries) {
    if (about.role !== "panel" || !about.panel) continue;
    const known = panels.get(about.panel);
    panels.set(about.panel, about.stated.length === 0 || known?.length === 0 ? [] : [...(known ?? []), ...about.stated]);
  }
  return panels;
}

/** Checks the queries of several files together: a rule is held against the panel that it links to, in whichever file that stands. */
export function lint(files: readonly (Contents & Readonly<{ file: string }>)[], options: Options): readonly Finding[] {
  const plotted = plottedUnits(files.flatMap(({ queries }) => queries));
  const linked = (about: About): About => {
    if (about.role !== "rule" || about.stated.length > 0 || !about.panel) return about;
    return { ...about, stated: (plotted.get(about.panel) ?? []).map(({ by, unit }) => ({ by: `${by} that the rule links to`, unit })) };
  };
  return files.flatMap(({ file, queries, findings }) => {
    const found = queries.flatMap(({ text, at, about, optOuts }) =>
      lintQuery(text, linked(about), options)
        .map(({ rule, offset, message, suggestion }) => ({ file, ...at(offset), rule, message, suggestion }))
        .filter(({ line, rule }) => !optOuts?.get(line)?.has(rule)),
    );
    const own = findings.filter(({ rule }) => !options.disabled.has(rule)).map((finding) => ({ file, ...finding }));
    return [...found, ...own].sort((a, b) => a.line - b.line || a.column - b.column);
  });
}
