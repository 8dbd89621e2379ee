/** A text as a LogQL string: between backquotes where it has quotes or backslashes, or a variable that Grafana fills in as a regular expression. */
export function quote(text: string): string {
  const plain = !/["\\]|:regex\}/.test(text);
  return plain || /[`\p{Cc}]/u.test(text) ? JSON.stringify(text) : `\`${text}\``;
}
