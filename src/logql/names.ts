/** The words of a text, each a type of its own. */
export type Words<Text extends string> = Text extends `${infer One} ${infer Others}` ? One | Words<Others> : Text;
const words = <Text extends string>(text: Text) => text.split(" ") as Words<Text>[];
const among = <Name extends string>(names: readonly Name[]) => {
  const all: ReadonlySet<string> = new Set(names);
  return (text: string): text is Name => all.has(text);
};

const matchOps = words("= != =~ !~");
export type MatchOp = (typeof matchOps)[number];
export const isMatchOp = among(matchOps);

const lineFilterOps = words("|= != |~ !~ |> !>");
export type LineFilterOp = (typeof lineFilterOps)[number];
export const isLineFilterOp = among(lineFilterOps);

const compareOps = words("== != > >= < <=");
export type CompareOp = (typeof compareOps)[number];
export const isCompareOp = among(compareOps);

const setOps = words("and or unless");
export const isSetOp = among(setOps);

export type BinaryOp = Words<"+ - * / % ^"> | CompareOp | (typeof setOps)[number];
/** How tightly an operator binds; `^` binds to the right. */
export const strengths: Readonly<Record<BinaryOp, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  ">": 3,
  ">=": 3,
  "<": 3,
  "<=": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  "^": 6,
};

const conversions = words("duration duration_seconds bytes");
export type Conversion = (typeof conversions)[number];
export const isConversion = among(conversions);

/** Functions of the samples of a window. */
const windowFunctions = words(
  "count_over_time rate rate_counter bytes_over_time bytes_rate sum_over_time avg_over_time max_over_time min_over_time stdvar_over_time stddev_over_time quantile_over_time first_over_time last_over_time",
);
export type WindowFunction = (typeof windowFunctions)[number];
const rangeFunctions = [...windowFunctions, "absent_over_time"] as const;
export type RangeFunction = (typeof rangeFunctions)[number];
export const isRangeFunction = among(rangeFunctions);

/** Functions of the values of a group. */
const groupFunctions = words("sum avg max min count stdvar stddev");
export type GroupFunction = (typeof groupFunctions)[number];
const vectorFunctions = [...groupFunctions, ...words("topk bottomk sort sort_desc")];
export type VectorFunction = (typeof vectorFunctions)[number];
export const isVectorFunction = among(vectorFunctions);

/** Whatever stands before parentheses. */
export const isFunction = among([
  ...rangeFunctions,
  ...vectorFunctions,
  ...conversions,
  ...words("label_replace vector ip approx_topk"),
]);
export const isKeyword = among(
  words(
    "by without on ignoring group_left group_right bool and or unless json logfmt regexp unpack pattern offset line_format label_format unwrap decolorize drop keep variants of",
  ),
);
