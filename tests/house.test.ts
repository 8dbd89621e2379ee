import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAst } from "vitest/node";

type Node = Readonly<{ type?: string; name?: string; start: number; end: number; [part: string]: unknown }>;

function nodesOf(source: string): readonly Node[] {
  const nodes = [parseAst(source, { lang: "ts" }) as unknown as Node];
  for (const node of nodes)
    for (const part of Object.values(node)) if (typeof part === "object" && part !== null) nodes.push(part as Node);
  return nodes;
}

/** The condition of what has a `?:`, an expression or a type. */
const CONDITIONS: Readonly<Record<string, string>> = {
  ConditionalExpression: "test",
  TSConditionalType: "extendsType",
};
const NO_NOUN = /^(?:told|said|known)$/i;

/** What in a source breaks the rules g and i of CONTRIBUTING.md, with its line. */
function faultsOf(source: string): readonly string[] {
  const lineAt = (offset: number) => source.slice(0, offset).split("\n").length;
  const nodes = nodesOf(source);
  const marks = nodes.flatMap((node) => {
    const condition = node[CONDITIONS[node.type ?? ""] ?? ""] as Node | undefined;
    return condition ? [lineAt(source.indexOf("?", condition.end))] : [];
  });
  const crowded = marks.filter((line, index) => marks.indexOf(line) < index).map((line) => `${line}: two ?:`);
  const names = nodes
    .filter(({ type, name }) => type === "Identifier" && NO_NOUN.test(name!))
    .map(({ name, start }) => `${lineAt(start)}: ${name}`);
  return [...new Set([...crowded, ...names])].sort();
}

test("what breaks a rule is found", () => {
  const source = `
const rank = (text: string) => (text === "a" ? 0 : text?.length === 1 ? 1 : 2);
const sides = \`\${rank("a") ? 1 : 2}\${rank("b") ? 3 : 4}\`;
type Kind<T> = T extends string ? "text" : T extends number ? "number" : never;
const one =
  rank("b") === 1
    ? sides
    : rank("c") === 2
      ? { SAID: one, text: "told?", knownKeys: [] }
      : undefined;
const all = ({ known }: { known?: string }) => known ?? /said ? known : told/;
`;
  expect(faultsOf(source)).toEqual(["11: known", "2: two ?:", "3: two ?:", "4: two ?:", "9: SAID"]);
});

const root = join(import.meta.dirname, "..");
const files = ["bin", "src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[jt]s$/.test(name))
    .map((name) => join(folder, name)),
);

test("one ?: stands on a line, and names are nouns", () => {
  expect(files).toEqual(expect.arrayContaining(["bin/ingestion.js", "src/cli.ts", "src/tools/preview/page/main.ts"]));
  const faults = files.flatMap((file) =>
    faultsOf(readFileSync(join(root, file), "utf8")).map((fault) => `${file}:${fault}`),
  );
  expect(faults).toEqual([]);
});
