import type { Detail } from "./detail.ts";

const words = ({ form, change, pairs }: Detail): string =>
  JSON.stringify([form === "text", form === "query", change, pairs]);
/** The same new words in several texts, and the same window in several queries, are one change. */
const joins = ({ form, what }: Detail): boolean => form === "text" || /\bwindow\b/.test(what);

const both = (one: string, other: string): string =>
  one.split(", ").includes(other) || one === other ? one : `${one}, ${other}`;

/** One detail for two that say the same, if they do: of the same part, or the same of several parts. */
function together(one: Detail, other: Detail): Detail | undefined {
  if (words(one) !== words(other)) return undefined;
  const paths = [...one.paths, ...other.paths];
  if (one.what === other.what && (one.of === "") === (other.of === ""))
    return { ...one, of: both(one.of, other.of), paths };
  if (one.of === other.of && one.change === "changed" && joins(one) && joins(other))
    return { ...one, what: both(one.what, other.what), paths };
  return undefined;
}

/** Says once what one edit did in several places of a thing. */
export function merged(details: readonly Detail[]): readonly Detail[] {
  const found: Detail[] = [];
  for (const detail of details) {
    const index = found.findIndex((other) => together(other, detail));
    if (index === -1) found.push(detail);
    else found[index] = together(found[index]!, detail)!;
  }
  return found;
}
