import { positionsOf } from "../../../core/documents/positions.ts";
import type { Contents, Finding, Found } from "../finding.ts";
import { rules } from "../rules/index.ts";
import { OTHER } from "./queries.ts";

const SEPARATOR = /^\s*(?:---)?\s*$/;
const COMMENT = /^\s*#/;
const OPT_OUT = /(?:^|\s)#\s*lint-ignore\b[\t ]*(\S*)[\t ]*(.*)$/;
const NAMES: ReadonlySet<string> = new Set(rules.map(({ name }) => name));

/** A plain text's queries: blocks between blank lines or `---`, with `#` comments and `# lint-ignore rule reason`. */
export function ofLogql(text: string): Contents {
  const position = positionsOf(text);
  const lines = text.split("\n");
  const { optOuts, findings } = optOutsOf(lines);
  const queries: Found[] = [];
  let start = 0;
  let from = 0;
  lines.concat("").forEach((line, index, all) => {
    if (SEPARATOR.test(line)) {
      const block = all.slice(start, index);
      const offset = from;
      if (block.some((one) => !COMMENT.test(one)))
        queries.push({ text: block.join("\n"), at: (place) => position(offset + place), about: OTHER, optOuts });
      start = index + 1;
      from += block.join("\n").length + (block.length > 0 ? 1 : 0) + line.length + 1;
    }
  });
  return { queries, findings };
}

type OptOuts = Readonly<{ optOuts: ReadonlyMap<number, ReadonlySet<string>>; findings: Contents["findings"] }>;

/** A comment of its own speaks for the next line that is none; one behind a query for its own line. */
function optOutsOf(lines: readonly string[]): OptOuts {
  const optOuts = new Map<number, ReadonlySet<string>>();
  const findings: Omit<Finding, "file">[] = [];
  lines.forEach((line, index) => {
    const found = OPT_OUT.exec(line);
    if (!found) return;
    const [, rule = "", reason = ""] = found;
    const own = COMMENT.test(line);
    const next = lines.findIndex((other, later) => later > index && !COMMENT.test(other));
    const target = (own ? next : index) + 1;
    if (NAMES.has(rule) && reason.trim()) optOuts.set(target, new Set([...(optOuts.get(target) ?? []), rule]));
    else
      findings.push({
        line: index + 1,
        column: line.indexOf("#") + 1,
        rule: "lint-ignore",
        message: NAMES.has(rule) ? `the opt-out of ${rule} gives no reason` : `"${rule}" is no rule`,
        suggestion: "write # lint-ignore rule reason; --help lists the rules",
      });
  });
  return { optOuts, findings };
}
