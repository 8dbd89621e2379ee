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
    if (!match) throw new UserError(`the formula "${text}" has an unexpected character at ${at + 1}`);
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
  if (Number.isNaN(value)) throw new UserError(`"${text}" is no number`);
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
  const take = (kind: Token["kind"], wanted: string) => {
    if (peek()?.kind !== kind || peek()!.text !== wanted) unexpected();
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
    position++;
    if (token.kind === "number") return { kind: "number", value: numberOf(token.text) };
    if (token.kind === "variable") return { kind: "variable", name: token.text };
    if (token.kind === "name") return { kind: "call", name: token.text, args: callArguments() };
    if (token.kind === "symbol" && (token.text === "!" || token.text === "-"))
      return { kind: "unary", op: token.text, of: operand() };
    if (token.text !== "(") {
      position--;
      unexpected();
    }
    const inner = binary(0);
    take("punctuation", ")");
    return inner;
  };
  const callArguments = (): MathNode[] => {
    take("punctuation", "(");
    const args: MathNode[] = [];
    while (peek()?.text !== ")") {
      args.push(binary(0));
      if (peek()?.text === ",") position++;
    }
    take("punctuation", ")");
    return args;
  };

  const root = binary(0);
  if (position < tokens.length) unexpected();
  return root;
}

/** The refIds that a formula reads. */
export function variablesOf(node: MathNode): string[] {
  switch (node.kind) {
    case "number":
      return [];
    case "variable":
      return [node.name];
    case "unary":
      return variablesOf(node.of);
    case "binary":
      return [...variablesOf(node.left), ...variablesOf(node.right)];
    case "call":
      return node.args.flatMap(variablesOf);
    default:
      return node satisfies never;
  }
}
