import { readFileSync } from "node:fs";
import type { Answer, Case, CaseFile } from "../../src/logql/cases.ts";

export type Expected = Answer | Readonly<{ type: "error"; status: number; message: string }>;
type Recorded = Omit<CaseFile, "cases"> & Readonly<{ cases: readonly (Case & Readonly<{ expect: Expected }>)[] }>;

/** What a real Loki answered. */
export const recorded = <T = Recorded>(name: string): T =>
  JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), "utf8"));

const special: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  "+Inf": Number.POSITIVE_INFINITY,
  "-Inf": Number.NEGATIVE_INFINITY,
};
const numberOf = (text: string) => special[text] ?? Number(text);

/** Numbers to 1e-9 relative, NaN and the infinities as such. */
function sameNumber(one: string, other: string): boolean {
  const [a, b] = [numberOf(one), numberOf(other)];
  return Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

const labelText = (labels: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

type Pair = readonly [time: number, text: string];
const samePoints = (one: readonly Pair[], other: readonly Pair[], same: (a: string, b: string) => boolean) =>
  one.length === other.length &&
  one.every(([time, text], index) => Math.abs(time - other[index]![0]) < 1e-6 && same(text, other[index]![1]));

/**
 * Whether two answers are equal: series as a set (in order where the query sorts), lines in order, numbers as above, of
 * an error the status.
 */
export function sameAnswer(got: Answer, expected: Expected, query: string): boolean {
  if (got.type === "error" || expected.type === "error")
    return got.type === "error" && expected.type === "error" && got.status === expected.status;
  if (got.type === "scalar" || expected.type === "scalar")
    return got.type === "scalar" && expected.type === "scalar" && sameNumber(got.result, expected.result);
  if (got.type !== expected.type || got.result.length !== expected.result.length) return false;
  const sorts = /^\s*sort(?:_desc)?\b/.test(query) || got.type === "streams";
  const order = (rows: readonly (readonly [Readonly<Record<string, string>>, unknown])[]) => {
    const texts = rows.map(([labels, value]) => [labelText(labels), value] as const);
    if (sorts && got.type !== "streams") return texts;
    return texts.sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const [mine, theirs] = [order(got.result), order(expected.result)];
  return mine.every(([labels, value], index) => {
    const [otherLabels, other] = theirs[index]!;
    if (labels !== otherLabels) return false;
    if (got.type === "vector") return sameNumber(value as string, other as string);
    const same = got.type === "matrix" ? sameNumber : (a: string, b: string) => a === b;
    return samePoints(value as readonly Pair[], other as readonly Pair[], same);
  });
}
