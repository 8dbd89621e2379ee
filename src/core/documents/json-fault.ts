const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
/** A string up to what ends it, rightly or not. */
const STRING = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\uffff]*)*/y;

type State = "value" | "first item" | "first name" | "name" | "colon" | "after item" | "after member" | "end";

const expected: Readonly<Record<State, string>> = {
  value: "a value is expected",
  "first item": 'a value or "]" is expected',
  "first name": 'a name in double quotes or "}" is expected',
  name: "a name in double quotes is expected",
  colon: '":" is expected',
  "after item": '"," or "]" is expected',
  "after member": '"," or "}" is expected',
  end: "nothing more is expected",
};
type Step = State | "open" | "close";
/** What a punctuation mark leads to; "open" and "close" change what encloses the place. */
const marks: Readonly<Partial<Record<State, Readonly<Record<string, Step>>>>> = {
  value: { "{": "open", "[": "open" },
  "first item": { "{": "open", "[": "open", "]": "close" },
  "first name": { "}": "close" },
  colon: { ":": "value" },
  "after item": { ",": "value", "]": "close" },
  "after member": { ",": "name", "}": "close" },
};

/** Where a text stops being JSON, and why, in a clause that no engine words; undefined for sound JSON. */
export function jsonFault(text: string): string | undefined {
  const enclosing: string[] = [];
  let [at, state]: [number, State] = [0, "value"];
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : at;
  };
  const behindValue = (): State => {
    if (enclosing.length === 0) return "end";
    return enclosing.at(-1) === "[" ? "after item" : "after member";
  };
  for (;;) {
    at = match(SPACE);
    const character = text[at] ?? "";
    if (character === "" && state === "end") return undefined;
    const next: Step | undefined = marks[state]?.[character];
    const isName: boolean = state === "name" || state === "first name";
    const isValue: boolean = state === "value" || state === "first item";
    if (next === "open") {
      enclosing.push(character);
      [at, state] = [at + 1, character === "[" ? "first item" : "first name"];
    } else if (next === "close") {
      enclosing.pop();
      [at, state] = [at + 1, behindValue()];
    } else if (next !== undefined) {
      [at, state] = [at + 1, next];
    } else if (character === '"' && (isName || isValue)) {
      const end = match(STRING);
      if (text[end] !== '"') return stringFault(text, { start: at, end });
      [at, state] = [end + 1, isName ? "colon" : behindValue()];
    } else {
      const end: number = isValue ? Math.max(match(NUMBER), match(WORD)) : at;
      if (end === at)
        return `${expected[state]} at ${place(text, at)}, ${character ? `not ${quoted(text, at)}` : "where the text ends"}`;
      [at, state] = [end, behindValue()];
    }
  }
}

function stringFault(text: string, { start, end }: Readonly<{ start: number; end: number }>): string {
  if (end === text.length) return `the text in double quotes at ${place(text, start)} is not closed`;
  if (text[end] !== "\\") return `${quoted(text, end)} at ${place(text, end)} must be written with a backslash`;
  return `the backslash at ${place(text, end)} starts no escape that JSON knows`;
}

const quoted = (text: string, at: number) => JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));

/** A place as editors count: characters from 1, lines too where there are several. */
function place(text: string, at: number): string {
  const lines = text.slice(0, at).split("\n");
  const character = `character ${(lines.at(-1)?.length ?? 0) + 1}`;
  return text.includes("\n") ? `line ${lines.length}, ${character}` : character;
}
