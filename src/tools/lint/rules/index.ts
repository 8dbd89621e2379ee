import type { Rule } from "../rule.ts";
import { alertRules } from "./alerts.ts";
import { neverTrue } from "./comparisons.ts";
import { jsonWithoutFields } from "./json.ts";
import { groupInside, vectorBesideGrouping } from "./metrics.ts";
import { lineFilterAfterParser, meanOfOptionalField, unwrapErrorFilter } from "./pipelines.ts";
import { equalityMatcher, regexForEquality } from "./selectors.ts";
import { syntax } from "./syntax.ts";
import { unitMismatch } from "./units.ts";

/** Checked where the comments are read. */
const optOut: Rule = {
  name: "lint-ignore",
  reason: "An opt-out names a rule and says why, or nobody can tell when it is over.",
  check: () => [],
};

/** Every rule, in the order of `--help`. */
export const rules: readonly Rule[] = [
  syntax,
  equalityMatcher,
  regexForEquality,
  lineFilterAfterParser,
  jsonWithoutFields,
  unwrapErrorFilter,
  groupInside,
  meanOfOptionalField,
  vectorBesideGrouping,
  neverTrue,
  ...alertRules,
  unitMismatch,
  optOut,
];
