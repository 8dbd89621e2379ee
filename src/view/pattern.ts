/** The pattern of `/text/flags`, or of a text as it stands. */
export function pattern(text: string): RegExp {
  const found = /^\/(.*)\/(\w*)$/.exec(text);
  return found ? new RegExp(found[1]!, found[2]) : new RegExp(text);
}
