import { clipped, clippedTogether, printable } from "../../../core/printable.ts";
import type { Detail } from "../compare/detail.ts";
import type { Section, Subject } from "../compare/report.ts";
import { joined, queryTokens } from "../tokens.ts";

/** A piece of a line: our words, or what stood before or stands now. */
export type Part = Readonly<{ as: "words" | "path" | "before" | "after"; form: Detail["form"]; text: string }>;

/** A pair is cut to where its sides differ; what has one side only is rarely seen elsewhere. */
const LONGEST = { pair: 90, single: 200 };
const MOST_PAIRS = 8;
const words = (text: string): Part => ({ as: "words", form: "value", text });

/** Says one difference; `abridged` when something had to be left out. */
export function sentence({ pairs, form, of, what, change }: Detail): Readonly<{
  parts: readonly Part[];
  abridged: boolean;
}> {
  const left = pairs.length - MOST_PAIRS;
  let abridged = left > 0;
  const side = (as: "before" | "after", [text, short]: readonly [string, string]): Part => {
    abridged ||= text !== short;
    return { as, form, text: short };
  };
  const flat = (text: string | undefined) => text && printable(form === "query" ? joined(queryTokens(text)) : text);
  const shown = pairs.slice(0, MOST_PAIRS).map(({ before, after, times = 1 }): readonly Part[] => {
    const [old, next] = [flat(before), flat(after)];
    const many = times > 1 ? [words(` (${times} times)`)] : [];
    if (old !== undefined && next !== undefined) {
      const [was, is] = clippedTogether([old, next], LONGEST.pair);
      return [side("before", [old, was]), words(" → "), side("after", [next, is]), ...many];
    }
    if (old !== undefined) return [words("removed "), side("before", [old, clipped(old, LONGEST.single)]), ...many];
    return [words("added "), side("after", [next ?? "", clipped(next ?? "", LONGEST.single)]), ...many];
  });
  const only = (text: string) => [words(text), ...shown.flat().filter(({ as }) => as === "before")];
  if (change === "renamed") return { parts: only(`${of === "" ? "" : `${printable(of)} `}renamed, was `), abridged };
  if (change === "moved" && what === "dashboard") return { parts: only("moved here from dashboard "), abridged };
  const all = shown.flatMap((parts, index) => (index > 0 ? [words("; "), ...parts] : parts));
  const more = left > 0 ? [words(`; and ${left} more`)] : [];
  return { parts: [...(change === "moved" ? [words("moved: ")] : label(of, what)), ...all, ...more], abridged };
}

/** A part for which there is no word is called by its path. */
function label(of: string, what: string): readonly Part[] {
  const owner = of === "" ? [] : [words(printable(of))];
  if (what === "") return [...owner, words(": ")];
  const name: Part = { as: /^\S*[._[\]]\S*$/.test(what) ? "path" : "words", form: "value", text: printable(what) };
  return [...owner.flatMap((part) => [part, words(" · ")]), name, words(": ")];
}

const NOUNS: Readonly<Partial<Record<Subject["kind"], string>>> = {
  policy: "notification policy",
  retired: "tombstone of",
  loki: "",
  promtail: "",
  provider: "dashboard provider",
  wrapper: "wrapper in",
};
/** What kind of thing changed; nothing for one whose title says it. */
export const nounOf = ({ kind, to, from }: Subject): string =>
  kind === "panel" && (to ?? from)?.body.type === "row" ? "row" : (NOUNS[kind] ?? kind);

export const titleOf = ({ title, id }: Pick<Subject, "title" | "id">): string =>
  printable(title) || (id === undefined ? "(untitled)" : `(untitled, ${printable(id)})`);
/** The title of a dashboard's section. */
export const dashboardTitle = ({ title, subjects }: Section): string => titleOf({ title, id: subjects[0]?.id });

/** The second word of a thing whose title is not its own, behind the title. */
export const secondWord = (apart: string): string => (apart ? ` (${printable(apart)})` : "");

/** What a thing that came or went was. */
export const arrival = ({ status, note }: Subject): string => (note === "" ? status : `${status} (${printable(note)})`);
export const effectsOf = ({ effects }: Subject): readonly string[] =>
  effects.map((effect) => `effect: ${printable(effect)}`);

/** What is told of a thing, a line each. */
export const linesOf = (subject: Subject, part = ({ text }: Part) => text): readonly string[] => [
  ...(subject.status === "changed" ? [] : [arrival(subject)]),
  ...subject.details.map((detail) => sentence(detail).parts.map(part).join("")),
  ...effectsOf(subject),
];

/** What the two states are called. */
export type Names = Readonly<{ from: string; to: string }>;
export const nothing = ({ from, to }: Names): string =>
  `Nothing changed between ${printable(from)} and ${printable(to)}.`;
