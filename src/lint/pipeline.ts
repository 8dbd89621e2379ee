import type { LabelFilter, Logs, Matcher, Stage } from "./model.ts";
import { child, children, outermost, type Tree } from "./syntax-tree.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

/** What a LogQL string means: backquoted as it stands, double-quoted with its escapes undone. */
export const unquote = (string: string): string =>
  string.startsWith("`") ? string.slice(1, -1) : string.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);

const STAGES = new Set([
  "LineFilter",
  "LabelParser",
  "LogfmtParser",
  "JsonExpressionParser",
  "LogfmtExpressionParser",
  "LabelFilter",
  "Unwrap",
  "LineFormatExpr",
  "DecolorizeExpr",
  "LabelFormatExpr",
  "DropLabelsExpr",
  "KeepLabelsExpr",
]);
const MATCHER = new Set(["Matcher"]);
const COMPARISONS = new Set(["UnitFilter", "NumberFilter", "IpLabelFilter"]);
const EXTRACTIONS = new Set(["LabelExtractionExpression"]);
const SETTERS = new Set(["LabelFormatMatcher"]);
const OR = new Set(["Or"]);

/** Reads a log query out of its syntax tree; `text` is what was parsed. */
export function readLogs(node: Tree, text: string): Logs {
  const slice = ({ from, to }: Tree) => text.slice(from, to);
  const span = ({ from, to }: Tree) => ({ from, to });
  const name = (of: Tree) => {
    const found = child(of, "Identifier");
    return found ? slice(found) : "";
  };
  const string = (of: Tree) => {
    const found = child(of, "String");
    return found && unquote(slice(found));
  };

  const matcher = (of: Tree): Matcher => {
    const op = child(of, "Eq", "Neq", "Re", "Nre");
    return { ...span(of), label: name(of), op: (op ? slice(op) : "=") as Matcher["op"], value: string(of) ?? "" };
  };
  const labelFilter = (of: Tree): LabelFilter => ({
    ...span(of),
    kind: "labelFilter",
    matchers: outermost(of, MATCHER).map(matcher),
    compared: outermost(of, COMPARISONS).map((comparison) => name(child(comparison, "DurationFilter", "BytesFilter") ?? comparison)),
    either: outermost(of, OR).length > 0,
  });
  const stage = (of: Tree): Stage => {
    switch (of.name) {
      case "LineFilter": {
        const filter = child(of, "Filter");
        return { ...span(of), kind: "lineFilter", op: filter ? slice(filter) : "", value: child(of, "Or", "FilterOp") ? "" : (string(of) ?? "") };
      }
      case "LabelFilter":
        return labelFilter(of);
      case "Unwrap": {
        const owner = of.parent ?? of;
        const conversion = child(owner, "ConvOp");
        return { from: of.from, to: owner.to, kind: "unwrap", field: name(owner), conversion: conversion ? slice(conversion) : "" };
      }
      case "LineFormatExpr":
      case "DecolorizeExpr":
        return { ...span(of), kind: "rewrite" };
      case "LabelFormatExpr":
      case "DropLabelsExpr":
      case "KeepLabelsExpr":
        return { ...span(of), kind: "labels", sets: outermost(of, SETTERS).map(name) };
      default: {
        const fields = outermost(of, EXTRACTIONS).map((field) => ({ name: name(field), path: string(field) ?? name(field) }));
        const [keyword] = children(of);
        return { ...span(of), kind: "parser", name: keyword ? slice(keyword).toLowerCase() : "", fields };
      }
    }
  };

  const selector = child(node, "Selector") ?? node;
  return { ...span(node), selector: span(selector), matchers: outermost(selector, MATCHER).map(matcher), stages: outermost(node, STAGES).map(stage) };
}
