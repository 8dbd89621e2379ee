import { sortedBy } from "../../core/order.ts";
import { unquote } from "../parse/unquote.ts";
import { Refusal } from "./answer.ts";

/** Labels as they were sent: names may come twice. */
export type Pairs = readonly (readonly [name: string, value: string])[];

const name = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const literal = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y;
const space = /\s*/y;

/** A stream's labels, `{a="b", c="d"}`, by name, without empty ones; what Loki cannot read refuses the whole push. */
export function readLabels(text: string): Pairs {
  let at = 0;
  const take = (form: RegExp): string | undefined => {
    form.lastIndex = at;
    const found = form.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const refuse = (message: string, place = at): never => {
    const before = text.slice(0, place).split("\n");
    throw new Refusal(`couldn't parse labels: ${before.length}:${before.at(-1)!.length + 1}: parse error: ${message}`);
  };
  const unexpected = (): never => {
    const found = text.codePointAt(at);
    return refuse(
      found === undefined
        ? "unexpected end of input inside braces"
        : `unexpected character inside braces: '${String.fromCodePoint(found)}'`,
    );
  };
  const expect = (sign: string) => {
    take(space);
    if (text[at] !== sign) unexpected();
    at += 1;
  };
  const value = (): string => {
    take(space);
    const from = at;
    const found = take(literal) ?? unexpected();
    if (found.includes("\uFFFD")) refuse("invalid UTF-8 rune", from);
    try {
      return unquote(found, { query: text, offset: from });
    } catch {
      return refuse(`invalid escape in ${found}`, from);
    }
  };
  expect("{");
  const pairs: (readonly [string, string])[] = [];
  for (take(space); text[at] !== "}"; take(space)) {
    if (pairs.length > 0) expect(",");
    take(space);
    if (text[at] === "}") break;
    const label = take(name) ?? unexpected();
    expect("=");
    pairs.push([label, value()]);
  }
  at += 1;
  take(space);
  if (at < text.length) refuse(`unexpected ${JSON.stringify(text.slice(at))} behind the labels`);
  const filled = pairs.filter(([, content]) => content !== "");
  return sortedBy(filled, ([label]) => label);
}
