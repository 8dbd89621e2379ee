import { clipped, clippedTogether, printable } from "../../../core/printable.ts";
import { type Detail, onOneLine } from "../compare/detail.ts";
import type { Subject } from "../compare/report.ts";

/** A piece of a line: our words, or what stood before or stands now. */
export type Part = Readonly<{ as: "words" | "path" | "before" | "after"; form: Detail["form"]; text: string }>;

/** A pair is cut to where its sides differ; what has one side only is rarely seen elsewhere. */
const LONGEST = { pair: 90, single: 200 };
const MOST_PAIRS = 8;
const words = (text: string): Part => ({ as: "words", form: "value", text });

/** Says one difference; `abridged` when something had to be left out. */
export function sentence(detail: Detail): Readonly<{ parts: readonly Part[]; abridged: boolean }> {
  const { pairs, form, of, what, change } = detail;
  const flat = (text: string | undefined) => text && printable(form === "query" ? onOneLine(text) : text);
  const left = pairs.length - MOST_PAIRS;
  let abridged = left > 0;
  const shown = pairs.slice(0, MOST_PAIRS).flatMap(({ before, after, times = 1 }, index): readonly Part[] => {
    const [old, next] = [flat(before), flat(after)];
    const [oldShort, nextShort] =
      old !== undefined && next !== undefined
        ? clippedTogether(old, next, LONGEST.pair)
        : [old && clipped(old, LONGEST.single), next && clipped(next, LONGEST.single)];
    abridged ||= old !== oldShort || next !== nextShort;
    const told = oneChange(
      { as: "before", form, text: oldShort ?? "" },
      { as: "after", form, text: nextShort ?? "" },
      old !== undefined,
      next !== undefined,
    );
    return [...(index > 0 ? [words("; ")] : []), ...told, ...(times > 1 ? [words(` (${times} times)`)] : [])];
  });
  const more = left > 0 ? [words(`; and ${left} more`)] : [];
  if (change === "renamed")
    return {
      parts: [
        words(`${of === "" ? "" : `${printable(of)} `}renamed, was `),
        ...shown.filter(({ as }) => as === "before"),
      ],
      abridged,
    };
  if (change === "moved" && what === "dashboard")
    return { parts: [words("moved here from dashboard "), ...shown.filter(({ as }) => as === "before")], abridged };
  return { parts: [...(change === "moved" ? [words("moved: ")] : label(of, what)), ...shown, ...more], abridged };
}

/** A part for which there is no word is called by its path. */
function label(of: string, what: string): readonly Part[] {
  const name: Part = { as: /^\S*[._[\]]\S*$/.test(what) ? "path" : "words", form: "value", text: printable(what) };
  return [
    ...(of === "" ? [] : [words(printable(of))]),
    ...(of === "" || what === "" ? [] : [words(" · ")]),
    ...(what === "" ? [] : [name]),
    words(": "),
  ];
}

function oneChange(before: Part, after: Part, was: boolean, is: boolean): readonly Part[] {
  if (was && is) return [before, words(" → "), after];
  return was ? [words("removed "), before] : [words("added "), after];
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

/** The second word of a thing whose title is not its own, behind the title. */
export const secondWord = (apart: string | undefined): string => (apart ? ` (${printable(apart)})` : "");

/** What a thing that came or went was. */
export const arrival = ({ status, note }: Subject): string => (note === "" ? status : `${status} (${printable(note)})`);

export const nothing = (from: string, to: string): string =>
  `Nothing changed between ${printable(from)} and ${printable(to)}.`;
