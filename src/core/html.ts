import tag, { join as joined, safe } from "escape-html-template-tag";

/** A template whose values are escaped unless they are `Html` themselves; lists are put together. */
// The package's types are those of its CommonJS form, where the tag is one level deeper.
export const html = tag as unknown as typeof tag.default;
export type Html = ReturnType<typeof html>;

export const nothing: Html = html``;
/** What is HTML already, taken as it is. */
export { safe };
/** Parts, each on a line of its own. */
export const onLines = (parts: readonly Html[]): Html => joined([...parts], safe("\n"));
/** The attribute `class` with those names that count; none where none does. */
export function classes(names: readonly (string | false)[]): Html {
  const given = names.filter(Boolean).join(" ");
  return given === "" ? nothing : html` class="${given}"`;
}
