import type { Logfmt } from "../ast.ts";
import { regex } from "../regex.ts";
import type { Hints } from "./hints.ts";
import type { LineLabels } from "./labels.ts";
import { eachPair, type Pair } from "./logfmt.ts";
import { capturesOf, parsePattern } from "./pattern.ts";
import { type Context, emptyWhereAbsent, fail, isLabel, labelName, own, put, type Step } from "./step.ts";

/** Reads the pairs of a logfmt line, all or the named ones. */
export function logfmtParser({ strict, keepEmpty, fields }: Logfmt, hints: Hints): Step {
  const wanted = new Map(fields.map(({ name, path }) => [path, name]));
  const bad = fields.find(({ path }) => path === "" || /[\s="]/.test(path));
  if (bad) throw new Error(`unexpected ${JSON.stringify(bad.path)}`);
  let labels: LineLabels;
  let mismatch = false;
  const pair = ({ key, value }: Pair): boolean => {
    if (wanted.size > 0) return !wanted.has(key) || named(own(wanted.get(key)!, labels), value, { labels, hints });
    const label = own(labelName(key), labels);
    if ((value === "" && !keepEmpty) || !hints.wants(label)) return true;
    const outcome = put(label, value, { labels, hints });
    mismatch = outcome === "mismatch";
    return outcome === undefined;
  };
  return (line, of) => {
    if (hints.none) return line;
    [labels, mismatch] = [of, false];
    const fault = eachPair(line, { strict, pair });
    if (mismatch) return undefined;
    if (fault !== undefined) fail(labels, "LogfmtParserErr", { details: fault });
    emptyWhereAbsent(fields, labels);
    return line;
  };
}

function named(label: string, value: string, { labels, hints }: Context): boolean {
  if (hints.losesLast && hints.wants(label)) {
    hints.took(label, labels);
    if (hints.complete()) return false;
  }
  labels.set(label, value);
  return true;
}

/** Reads the named groups of a regular expression. */
export function regexpParser(source: string, hints: Hints): Step {
  const { find, names } = regex(source);
  const groups = Object.entries(names);
  if (groups.length === 0) throw new Error("at least one named capture must be supplied");
  const bad = groups.find(([name]) => !isLabel(name));
  if (bad) throw new Error(`invalid extracted label name '${bad[0]}'`);
  return (line, labels) => {
    if (hints.none) return line;
    const found = find(line);
    if (found) for (const [name, group] of groups) captured(name, found[group] ?? "", { labels, hints });
    return line;
  };
}

/** Reads the captures of a pattern. */
export function patternParser(text: string, hints: Hints): Step {
  const captures = capturesOf(parsePattern(text, "parser"));
  return (line, labels) => {
    if (!hints.none) captures(line, (name, value) => captured(name, value, { labels, hints }));
    return line;
  };
}

function captured(name: string, value: string, context: Context): void {
  const label = own(name, context.labels);
  if (context.hints.wants(label)) put(label, value, context);
}
