import { UserError } from "../core/errors.ts";

export type BinaryOperator = "||" | "&&" | "==" | "!=" | ">" | ">=" | "<" | "<=" | "+" | "-" | "*" | "/" | "%" | "**";
export type MathNode =
  | Readonly<{ kind: "number"; value: number }>
  | Readonly<{ kind: "variable"; name: string }>
  | Readonly<{ kind: "unary"; op: "!" | "-"; of: MathNode }>
  | Readonly<{ kind: "binary"; op: BinaryOperator; left: MathNode; right: MathNode }>
  | Readonly<{ kind: "call"; name: string; args: readonly MathNode[] }>;

type Token = Readonly<{ kind: "symbol" | "number" | "variable" | "name" | "punctuation"; text: string }>;

// A run of symbols is one token, so `$A>-5` is refused as Grafana refuses it.
const TOKEN =
  /\s+|(?<symbol>[!<>=&|+\-*/%]+)|(?<number>0[xX][0-9a-fA-F]*|[\d.]+(?:[eE][+-]?\d*)?)|\$\{(?<braced>[\p{L}\p{Nd}_\s]+)\}|\$(?<plain>[\p{L}\p{Nd}_]+)|(?<name>\p{L}[\p{L}_]*)|(?<punctuation>[(),])/uy;

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw new UserError(`the formula "${text}" has an unexpected "${text[at]}" at ${at + 1}`);
    at = TOKEN.lastIndex;
    const { braced, plain, ...kinds } = match.groups!;
    const variable = braced ?? plain;
    if (variable !== undefined) tokens.push({ kind: "variable", text: variable });
    for (const kind of ["symbol", "number", "name", "punctuation"] as const)
      if (kinds[kind] !== undefined) tokens.push({ kind, text: kinds[kind] });
  }
  return tokens;
}

function numberOf(text: string): number {
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  const value = Number(text);
  if (Number.isNaN(value)) throw new UserError(`a formula has "${text}", which is no number`);
  return value;
}

/** From the loosest binding to the tightest; all are left-associative, `**` too. */
const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", ">", ">=", "<", "<="],
  ["+", "-"],
  ["*", "/", "%"],
  ["**"],
];

/** Parses a formula of the `math` expression. */
export function parseMath(text: string): MathNode {
  const tokens = tokenise(text);
  let position = 0;
  const peek = () => tokens[position];
  const unexpected = (): never => {
    throw new UserError(`the formula "${text}" has an unexpected ${peek() ? `"${peek()!.text}"` : "end"}`);
  };
  const take = (wanted: string) => {
    if (peek()?.text !== wanted) unexpected();
    position++;
  };

  const binary = (level: number): MathNode => {
    const operators = LEVELS[level];
    if (!operators) return operand();
    let left = binary(level + 1);
    for (let token = peek(); token?.kind === "symbol" && operators.includes(token.text); token = peek()) {
      position++;
      left = { kind: "binary", op: token.text as BinaryOperator, left, right: binary(level + 1) };
    }
    return left;
  };
  const operand = (): MathNode => {
    const token = peek() ?? unexpected();
    if (token.kind === "punctuation") {
      take("(");
      const inner = binary(0);
      take(")");
      return inner;
    }
    if (token.kind === "symbol" && token.text !== "!" && token.text !== "-") unexpected();
    position++;
    if (token.kind === "number") return { kind: "number", value: numberOf(token.text) };
    if (token.kind === "variable") return { kind: "variable", name: token.text };
    if (token.kind === "name") return { kind: "call", name: token.text, args: callArguments() };
    return { kind: "unary", op: token.text as "!" | "-", of: operand() };
  };
  const callArguments = (): MathNode[] => {
    take("(");
    const args: MathNode[] = [];
    while (peek()?.text !== ")") {
      args.push(binary(0));
      if (peek()?.text === ",") position++;
    }
    take(")");
    return args;
  };

  const root = binary(0);
  if (position < tokens.length) unexpected();
  return root;
}
