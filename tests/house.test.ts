import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

const FUNCTION =
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|TSFunctionType|TSMethodSignature)$/;
/** What names its parts; a parameter without a type has the one that its function's type says. */
const OBJECT = /^(?:TSTypeReference|TSTypeLiteral|TSIntersectionType)$/;
const COLLECTION = /^(?:Readonly)?(?:Array|Map|Set)$/;

/** A parameter's form, its type and what it is where it is left out. */
function parameterOf(node: Node) {
  const [form, otherwise] = node.type === "AssignmentPattern" ? [node.left as Node, node.right as Node] : [node];
  const type = (form.typeAnnotation as Readonly<{ typeAnnotation: Node }> | null)?.typeAnnotation;
  return { form: form.type!, type, otherwise };
}

function isNamed(node: Node): boolean {
  const { form, type, otherwise } = parameterOf(node);
  if (form !== "Identifier") return form === "ObjectPattern" || form === "RestElement";
  if (!type) return !otherwise;
  return OBJECT.test(type.type!) && !COLLECTION.test((type.typeName as Node | undefined)?.name ?? "");
}

function isSwitch(node: Node): boolean {
  const { type, otherwise } = parameterOf(node);
  return type?.type === "TSBooleanKeyword" || typeof otherwise?.value === "boolean";
}

/** The functions that take a third argument without a name, or a boolean. A callback is as its caller asks. */
function crampedIn(nodes: readonly Node[]): readonly Node[] {
  const callbacks = new Set(nodes.flatMap((node) => (node.arguments as readonly Node[] | undefined) ?? []));
  return nodes.filter((node) => {
    if (!FUNCTION.test(node.type ?? "") || callbacks.has(node)) return false;
    const parameters = node.params as readonly Node[];
    return parameters.some(isSwitch) || !parameters.slice(2).every(isNamed);
  });
}

/** The lines beyond 120 columns whose greater part is no text, template or regular expression. */
function wideIn(source: string, nodes: readonly Node[]): readonly number[] {
  const texts = nodes.filter(({ type }) => type === "Literal" || type === "TemplateLiteral");
  let start = 0;
  return source.split("\n").flatMap((line, index) => {
    const [from, to] = [start, start + line.length];
    start = to + 1;
    if (line.length <= 120) return [];
    const isText = texts.some((text) => Math.min(text.end, to) - Math.max(text.start, from) > 60);
    return isText ? [] : [index + 1];
  });
}

/** What in a source breaks the rules f to i of CONTRIBUTING.md, and a to c where the linter is blind, by its line. */
function faultsOf(source: string): readonly string[] {
  const lineAt = (offset: number) => source.slice(0, offset).split("\n").length;
  const nodes = nodesOf(source);
  const marks = nodes.flatMap((node) => {
    const condition = node[CONDITIONS[node.type ?? ""] ?? ""] as Node | undefined;
    return condition ? [lineAt(source.indexOf("?", condition.end))] : [];
  });
  const crowded = marks.filter((line, index) => marks.indexOf(line) < index).map((line) => `${line}: two ?:`);
  const cramped = crampedIn(nodes).map(({ start }) => `${lineAt(start)}: by position`);
  const names = nodes
    .filter(({ type, name }) => type === "Identifier" && NO_NOUN.test(name!))
    .map(({ name, start }) => `${lineAt(start)}: ${name}`);
  // The linter does not see them.
  const isOwn = ({ start, end }: Node) => source.slice(start, end).includes('import(".');
  const hidden = nodes
    .filter((node) => node.type === "TSImportType" && isOwn(node))
    .map(({ start }) => `${lineAt(start)}: a type's import`);
  const wide = wideIn(source, nodes).map((line) => `${line}: wide`);
  return [...new Set([...crowded, ...cramped, ...names, ...hidden, ...wide])].sort();
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

test("a type that is imported where it stands is found, but for a library's", () => {
  const lines = ["type A = typeof import('zod');", 'type B = import("./b.ts").B;', 'const c = () => import("./c.ts");'];
  expect(faultsOf(lines.join("\n"))).toEqual(["2: a type's import"]);
});

test("what is given by its position is found", () => {
  const lines = `
function at(a: string, b: string, from: number) {}
const cut = (a: string, b: string, places: readonly number[] = []) => a;
const most = (a: string, b: string, count = 3) => a;
const of = (a: string) => (b: string, c: string, names: ReadonlySet<string>) => a;
const swap = (a: string, b: string, [first, second]: Pair) => a;
type Tell = (a: string, b: string, done: () => void) => void;
type Store = { put(key: string, value: string, kind: "a" | "b"): void };
const toggle = (open: boolean) => open;
const turn = (a: string, quiet = false) => a;
const fine = (a: string, b: Map<string, number>, { c, d = true }: { c: boolean; d?: boolean }, ...e: string[]) => a;
const named = (a: string, b: string, range: Range, more: { c: number }, both: Range & Look = {}) => a;
const given: Tell = (a, b, done) => done();
"text".replace(/(t)(e)/, (whole, t: string, e: string) => t + e);
`;
  expect(faultsOf(lines)).toEqual(["10", "2", "3", "4", "5", "6", "7", "8", "9"].map((line) => `${line}: by position`));
});

test("what is beyond 120 columns is found, but for texts", () => {
  const [text, code] = ["a b ".repeat(30), "a + ".repeat(30)];
  const lines = [
    `const t = "${text}";`,
    `const n = ${code} a;`,
    `/* ${text} */`,
    `const r = /${text}/;`,
    `f(\`${text}\`);`,
  ];
  expect(faultsOf(lines.join("\n"))).toEqual(["2: wide", "3: wide"]);
});

/** Files whose functions may take their arguments by position. */
const BY_POSITION = new RegExp(
  [
    // Once per byte, record, sample or line: an object for each would cost time.
    "logql/evaluate/(binary|json-paths|json-scan|logfmt|ranges|series|vectors)",
    "logql/parse/lexer",
    "producer/(reading/collector|state/(fold|known-inputs)|sending/wire/record-batch)",
    // Functions that a template calls: their order is Go's.
    "logql/template/functions/(logql-numbers|logql-texts|regexp|texts)",
  ]
    .map((files) => `src/${files}\\.ts`)
    // Tests and benchmarks keep the other rules.
    .concat("(bench|tests)/.*")
    .map((files) => `^${files}: \\d+: by position$`)
    .join("|"),
);

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const files = [".ci", "bench", "bin", "src", "tests"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  .concat("vitest.config.ts")
  .filter((name) => /\.m?[jt]s$/.test(name));

test("two arguments stand before an object, one ?: on a line, in 120 columns, and names are nouns", () => {
  expect(files).toEqual(
    expect.arrayContaining([".ci/totals.ts", "bin/ingestion.js", "src/tools/preview/page/main.ts"]),
  );
  const faults = files.flatMap((file) => faultsOf(read(file)).map((fault) => `${file}: ${fault}`));
  expect(faults.filter((fault) => !BY_POSITION.test(fault))).toEqual([]);
});

test("nothing in src names tests, by a path in a text or by an alias of package.json either", () => {
  const own = files.filter((file) => /^(?:bin|src)\//.test(file));
  expect(own.filter((file) => /[\s"`/]tests["`/]/.test(read(file)))).toEqual([]);
  expect(JSON.parse(read("package.json"))).not.toHaveProperty("imports");
});

test("tests mirror src", () => {
  const tested = files.filter((file) => /^tests\/(?!live\/).*\/.*\.test\.ts$/.test(file)).map(dirname);
  const places = new Set(files.map(dirname));
  expect([...new Set(tested)].filter((folder) => !places.has(folder.replace("tests", "src")))).toEqual([]);
});

/** The files that stand in a circle of imports, or between two circles. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  let [left, before] = [[...imports.keys()], Number.POSITIVE_INFINITY];
  while (left.length < before) {
    before = left.length;
    const [here, imported] = [new Set(left), new Set(left.flatMap((file) => imports.get(file)!))];
    left = left.filter((file) => imported.has(file) && imports.get(file)!.some((other) => here.has(other)));
  }
  return left;
}

test("no file imports itself round a circle", () => {
  const circle = { a: ["b"], b: ["c"], c: ["b", "d"], d: [] };
  expect(circlesOf(new Map(Object.entries(circle)))).toEqual(["b", "c"]);
  const importsOf = (file: string) =>
    [...read(file).matchAll(/(?:from|import|import\()\s*"(\.[^"]+)"/g)].map(([, path]) => join(dirname(file), path!));
  expect(circlesOf(new Map(files.map((file) => [file, importsOf(file)])))).toEqual([]);
});
