import { kept } from "../core/kept.ts";

const compiled = kept(1000, (text) => {
  const [, inner = text, flags = ""] = /^\/(.*)\/(\w*)$/.exec(text) ?? [];
  return new RegExp(inner, flags);
});

/** The pattern of `/text/flags`, or of a text as it stands; every field of a panel is asked the same few. */
export function pattern(text: string): RegExp {
  const found = compiled(text);
  // One with the flag g goes on where it stopped.
  found.lastIndex = 0;
  return found;
}
