import type { Position } from "../../core/documents/positions.ts";
import type { About, Fault, Finding, Found, Opened, Remark, Stated } from "./finding.ts";
import { parse } from "./parse.ts";
import type { Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";
import { withoutStrings } from "./sources/datasource.ts";

/** Which rules to leave out, and the seconds from a line's writing to Loki answering with it. */
export type Options = Readonly<{ disabled: ReadonlySet<string>; delay: number }>;

type RuleFault = Fault & Readonly<{ rule: string }>;
/** What is against a query, and why it was not judged if it was not. */
export type Judged = Readonly<{ faults: readonly RuleFault[]; remark?: string }>;

/** Judges one LogQL query; every fault comes with the rule that found it, in the order of the text. */
export function judge(text: string, about: About, { disabled, delay }: Options): Judged {
  if (withoutStrings(text).includes("{{")) return { faults: [], remark: "is a template that is not filled in" };
  try {
    const subject = { ...parse(text), about, delay };
    const { original } = subject.filled;
    const faultsOf = ({ name, check }: Rule): readonly RuleFault[] =>
      disabled.has(name)
        ? []
        : check(subject).map(({ offset, ...fault }) => ({ ...fault, offset: original(offset), rule: name }));
    const faults = rules.flatMap(faultsOf).sort((a, b) => a.offset - b.offset);
    return subject.unjudged ? { faults, remark: `holds ${subject.unjudged}, which is not judged` } : { faults };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { faults: [], remark: "is nested too deeply to be judged" };
  }
}

/** The units of each panel, by its key; none for a panel of which one query's unit is unknown. */
function plottedUnits(queries: readonly Found[]): ReadonlyMap<string, readonly Stated[]> {
  const panels = new Map<string, readonly Stated[]>();
  for (const { about } of queries) {
    if (about.role !== "panel" || !about.panel) continue;
    const units = panels.get(about.panel);
    panels.set(
      about.panel,
      about.stated.length === 0 || units?.length === 0 ? [] : [...(units ?? []), ...about.stated],
    );
  }
  return panels;
}

/** A remark with its file. */
export type FileRemark = Remark & Readonly<{ file: string }>;
export type Linted = Readonly<{ findings: readonly Finding[]; remarks: readonly FileRemark[] }>;

const placed = ({ line, column, rule, message }: Position & Partial<Readonly<{ rule: string; message: string }>>) =>
  `${line}:${column} ${rule} ${message}`;
/** An anchor's text is a query wherever an alias has it, and told once. */
const once = <T extends Position>(items: readonly T[]): readonly T[] => [
  ...new Map(items.map((item) => [placed(item), item])).values(),
];

/** Checks the queries of several files together: a rule is held against the panel that it links to, in any file. */
export function lint(files: readonly Opened[], options: Options): Linted {
  const plotted = plottedUnits(files.flatMap(({ queries }) => queries));
  const linked = (about: About): About => {
    if (about.role !== "rule" || about.stated.length > 0 || !about.panel) return about;
    return {
      ...about,
      stated: (plotted.get(about.panel) ?? []).map(({ by, unit }) => ({ by: `${by} that the rule links to`, unit })),
    };
  };
  const ofFile = ({ file, queries, findings, remarks = [] }: Opened): Linted => {
    const judged = queries.map((query) => ({ ...query, ...judge(query.text, linked(query.about), options) }));
    const found = judged.flatMap(({ faults, at, optOuts }) =>
      faults
        .map(({ rule, offset, message, suggestion }) => ({ file, ...at(offset), rule, message, suggestion }))
        .filter(({ line, rule }) => !optOuts?.get(line)?.has(rule)),
    );
    const own = findings.filter(({ rule }) => !options.disabled.has(rule)).map((finding) => ({ file, ...finding }));
    const unjudged = judged.flatMap(({ remark, at }) =>
      remark === undefined ? [] : [{ ...at(0), text: `the query ${remark}` }],
    );
    return {
      findings: [...once(found), ...own].sort((a, b) => a.line - b.line || a.column - b.column),
      remarks: [...remarks, ...unjudged].map((remark) => ({ file, ...remark })),
    };
  };
  const linted = files.map(ofFile);
  return { findings: linted.flatMap(({ findings }) => findings), remarks: linted.flatMap(({ remarks }) => remarks) };
}
