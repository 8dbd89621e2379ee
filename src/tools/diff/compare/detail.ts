import { durationSeconds, inTime } from "../../../core/durations.ts";
import { type Pair, queryPairs, textPairs } from "../hunks.ts";
import { type Json, written } from "../json.ts";
import { queryTokens, textTokens } from "../tokens.ts";
import type { Form } from "../vocabulary/scope.ts";

export type Change = "added" | "removed" | "changed" | "renamed" | "moved" | "reordered";

/** One difference of one thing: its words as pairs of before and after, and the values as they stand in the files. */
export type Detail = Readonly<{
  /** The part that it belongs to, as `link “Journal”`; empty for the thing itself. */
  of: string;
  what: string;
  change: Change;
  form: Form;
  pairs: readonly Pair[];
  paths: readonly string[];
  from?: Json;
  to?: Json;
}>;

type Given = Readonly<{ of: string; what: string; path: string; from: Json | undefined; to: Json | undefined }>;

type Made = Readonly<{ form: Form; pairs: readonly Pair[]; change?: Change }>;
function make({ of, what, path, from, to }: Given, { form, pairs, change }: Made): Detail {
  const gone = to === undefined ? "removed" : "changed";
  const values = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return { of, what, change: change ?? (from === undefined ? "added" : gone), form, pairs, paths: [path], ...values };
}

/** The window of a range token, in words. */
const windowOf = (token: string | undefined): string | undefined => {
  const inside = /^\[(\$\w+|\$\{[^}]*\}|[\d.]+[a-z][\da-z]*)\]$/.exec(token ?? "")?.[1];
  const seconds = durationSeconds(inside ?? "");
  return seconds === undefined ? inside : inTime(seconds);
};
/** What the window of a query is called. */
export const windowNoun = (query: string): string =>
  /\bquery\b/.test(query) ? query.replace(/\bquery\b/, "window") : `${query} · window`;

type GivenTexts = Given & Readonly<{ from: string; to: string }>;

function queryDetail(given: GivenTexts): Detail {
  const { from, to } = given;
  const pairs = queryPairs(queryTokens(from), queryTokens(to));
  const what = `${given.what} (white space or parentheses)`;
  if (pairs.length === 0) return make({ ...given, what }, { form: "query", pairs: [{ before: from, after: to }] });
  const windows = pairs.map(({ before, after }) => ({ before: windowOf(before), after: windowOf(after) }));
  const onlyWindows = windows.every(
    (pair): pair is { before: string; after: string } =>
      pair.before !== undefined && pair.after !== undefined && pair.before !== pair.after,
  );
  if (!onlyWindows) return make(given, { form: "query", pairs });
  return make({ ...given, what: windowNoun(given.what) }, { form: "value", pairs: windows });
}

/** Below this many characters, a text is easier to read whole than by its changed words. */
const SHORT = 50;

function textDetail(given: GivenTexts): Detail {
  const { from, to } = given;
  const pairs = Math.max(from.length, to.length) <= SHORT ? [] : textPairs(textTokens(from), textTokens(to));
  return make(given, { form: "text", pairs: pairs.length > 0 ? pairs : [{ before: from, after: to }] });
}

type Telling = Readonly<{ form: Form; say: (value: Json, side: "from" | "to") => string }>;
/** Tells a difference in words; when both sides read the same, as they stand in the files. */
export function detailOf(given: Given, { form, say }: Telling): Detail {
  const { from, to } = given;
  if (typeof from === "string" && typeof to === "string") {
    if (form === "query") return queryDetail({ ...given, from, to });
    if (form === "text") return textDetail({ ...given, from, to });
    if (form === "name") return make(given, { form, pairs: [{ before: from, after: to }], change: "renamed" });
  }
  const before = from === undefined ? undefined : say(from, "from");
  const after = to === undefined ? undefined : say(to, "to");
  const isSame = before !== undefined && before === after;
  const pair = isSame
    ? { before: written(from), after: written(to) }
    : { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  return make(given, { form, pairs: [pair] });
}

type Orders = Readonly<{ from: readonly string[]; to: readonly string[] }>;
/** The order of named parts, as they stand in a query or on screen. */
export function orderDetail(what: string, path: string, { from, to }: Orders): Detail {
  const pairs = [{ before: from.join(", "), after: to.join(", ") }];
  return make({ of: "", what, path, from, to }, { form: "value", pairs, change: "reordered" });
}
