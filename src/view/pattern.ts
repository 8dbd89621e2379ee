const patterns = new Map<string, RegExp>();

/** The pattern of `/text/flags`, or of a text as it stands; every field of a panel is asked the same few. */
export function pattern(text: string): RegExp {
  const [, inner = text, flags = ""] = /^\/(.*)\/(\w*)$/.exec(text) ?? [];
  const found = patterns.get(text) ?? new RegExp(inner, flags);
  patterns.set(text, found);
  // One with the flag g goes on where it stopped.
  found.lastIndex = 0;
  return found;
}
