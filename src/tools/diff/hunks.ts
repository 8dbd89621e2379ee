import { diffArrays } from "diff";
import { joined, type Token } from "./tokens.ts";

/** What stood before and what stands now; either may be missing. `times` counts equal ones. */
export type Pair = Readonly<{ before?: string; after?: string; times?: number }>;

type Span = readonly [from: number, to: number];
type Hunk = Readonly<{ old: Span; next: Span }>;
/** Beyond this many edits two texts have nothing in common that is worth showing. */
const MOST_EDITS = 1500;
/** So many equal tokens do not yet keep two places apart. */
const NEAR = 2;

/** The places where two lists of tokens differ; places that only few equal tokens divide are one. */
function hunksOf(before: readonly Token[], after: readonly Token[]): readonly Hunk[] {
  const texts = (tokens: readonly Token[]) => tokens.map(({ text }) => text);
  const parts = diffArrays(texts(before), texts(after), { maxEditLength: MOST_EDITS });
  if (!parts) return [{ old: [0, before.length], next: [0, after.length] }];
  const hunks: Hunk[] = [];
  let [old, next] = [0, 0];
  for (const { added, removed, value } of parts) {
    const [oldStart, nextStart] = [old, next];
    if (!added) old += value.length;
    if (!removed) next += value.length;
    if (!added && !removed) continue;
    const last = hunks.at(-1);
    const isNear = last !== undefined && oldStart - last.old[1] <= NEAR && nextStart - last.next[1] <= NEAR;
    if (isNear) hunks[hunks.length - 1] = { old: [last.old[0], old], next: [last.next[0], next] };
    else hunks.push({ old: [oldStart, old], next: [nextStart, next] });
  }
  return hunks;
}

/** Pairs of what differs, equal ones counted. */
function counted(pairs: readonly (readonly [before: string, after: string])[]): readonly Pair[] {
  const counts = new Map<string, number>();
  for (const pair of pairs) counts.set(JSON.stringify(pair), (counts.get(JSON.stringify(pair)) ?? 0) + 1);
  return [...counts].map(([key, times]) => {
    const [before, after] = JSON.parse(key) as [string, string];
    return { ...(before !== "" && { before }), ...(after !== "" && { after }), ...(times > 1 && { times }) };
  });
}

/** The words of a text that changed. */
export const textPairs = (before: readonly Token[], after: readonly Token[]): readonly Pair[] =>
  counted(hunksOf(before, after).map(({ old, next }) => [joined(before.slice(...old)), joined(after.slice(...next))]));

/** Without the parentheses whose partner is not among the tokens. */
function balanced(tokens: readonly Token[]): readonly Token[] {
  const open: number[] = [];
  const lonely = new Set<number>();
  for (const [index, { text }] of tokens.entries()) {
    if (text === "(") open.push(index);
    else if (text === ")" && open.pop() === undefined) lonely.add(index);
  }
  return tokens.filter((_, index) => !lonely.has(index) && !open.includes(index));
}

/** The parts of a query that changed, each with its own parentheses; empty when only parentheses or white space did. */
export function queryPairs(before: readonly Token[], after: readonly Token[]): readonly Pair[] {
  const telling = (tokens: readonly Token[]) => tokens.filter(({ text }) => text !== "(" && text !== ")");
  const slice = (all: readonly Token[], [from, to]: Span) => {
    if (from === to) return "";
    const kept = telling(all);
    const after = all.findIndex(({ text }, index) => index > all.indexOf(kept[to - 1]!) && text !== ")");
    return joined(balanced(all.slice(all.indexOf(kept[from]!), after === -1 ? all.length : after)));
  };
  const hunks = hunksOf(telling(before), telling(after));
  return counted(hunks.map(({ old, next }) => [slice(before, old), slice(after, next)]));
}
