import { type Query, type RangeAggregation, rangesOf, type Span } from "../../logql/ast.ts";
import { LogqlError } from "../../logql/errors.ts";
import { tokenize } from "../../logql/parse/lexer.ts";
import { parse as parseLogql } from "../../logql/parse/parse.ts";
import { type Filled, fillVariables, standIn } from "../../logql/variables.ts";

/** The brackets of a range aggregation; `seconds` is absent where a variable gives the window. */
export type Window = Span & Readonly<{ text: string; seconds: number | undefined }>;

/**
 * A query with stand-ins for its variables, which are allowed anywhere. Places are those of the filled text.
 * `query` is absent where Loki refuses it (`refused`) or where it is not supported here (`unjudged` names what).
 */
export type Parsed = Readonly<{
  text: string;
  filled: Filled;
  query: Query | undefined;
  refused: LogqlError | undefined;
  unjudged: string | undefined;
  windows: ReadonlyMap<RangeAggregation, Window>;
}>;

const NO_WINDOWS: Parsed["windows"] = new Map();
const UNSUPPORTED = /^(\w+) is not supported here$/;

/** Reads a LogQL query. */
export function parse(text: string): Parsed {
  const filled = fillVariables(text, standIn);
  const nothing = { text, filled, query: undefined, refused: undefined, unjudged: undefined, windows: NO_WINDOWS };
  try {
    const query = parseLogql(withTopk(filled.text));
    return { ...nothing, query, windows: windowsOf(query, filled) };
  } catch (error) {
    if (!(error instanceof LogqlError)) throw error;
    const [, unsupported] = UNSUPPORTED.exec(error.reason) ?? [];
    return unsupported ? { ...nothing, unjudged: unsupported } : { ...nothing, refused: error };
  }
}

/** What holds for `topk` holds for `approx_topk`, which cannot be evaluated here. */
function withTopk(text: string): string {
  if (!/approx_topk/i.test(text)) return text;
  const calls = tokenize(text).filter((token) => token.kind === "function" && token.text === "approx_topk");
  return calls.reduce((out, { from, to }) => out.slice(0, from) + "topk".padEnd(to - from) + out.slice(to), text);
}

/** Range aggregations do not nest, so that windows stand in their order. */
function windowsOf(query: Query, { text, placeholders }: Filled): Parsed["windows"] {
  const tokens = tokenize(text).filter(({ kind }) => kind === "range");
  return new Map(
    rangesOf(query).map((range, index) => {
      const { from, to, value } = tokens[index]!;
      const given = placeholders.some(({ filled }) => filled.from < to && filled.to > from);
      return [
        range,
        { from, to, text: text.slice(from + 1, to - 1).trim(), seconds: given ? undefined : value! / 1e9 },
      ];
    }),
  );
}
