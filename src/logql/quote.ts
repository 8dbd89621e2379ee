/** A text as a LogQL string: between backquotes if it has quotes, backslashes or a `:regex` variable of Grafana. */
export function quote(text: string): string {
  const plain = !/["\\]|:regex\}/.test(text);
  return plain || /[`\p{Cc}]/u.test(text) ? JSON.stringify(text) : `\`${text}\``;
}
