import { regexp, replaceAll } from "../logql/template/functions/regexp.ts";
import { lower, upper } from "../logql/template/functions/texts.ts";
import { BUILTINS } from "../logql/template/run/builtins.ts";
import { type Functions, fn } from "../logql/template/run/run.ts";
import { STRING } from "../logql/template/value.ts";

/** What annotations and notification templates both know: Go's functions and Prometheus' over texts. */
export const COMMON: Functions = {
  ...BUILTINS,
  toUpper: fn([STRING], upper),
  toLower: fn([STRING], lower),
  safeHtml: fn([STRING], (text: string) => text),
  match: fn([STRING, STRING], (pattern: string, text: string) => regexp(pattern).matcher(text).find()),
  reReplaceAll: fn([STRING, STRING, STRING], (pattern: string, replacement: string, text: string) =>
    replaceAll(pattern, text, replacement),
  ),
};
