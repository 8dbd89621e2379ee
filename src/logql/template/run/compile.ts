import { TemplateError } from "../errors.ts";
import { type BranchNode, type Node, print, type TemplateNode, type Tree } from "../parse/nodes.ts";
import { goQuote } from "../parse/quote.ts";
import { printed } from "../print/format.ts";
import { FUNC, isFunc, truth, type Value } from "../value.ts";
import { compilePipe } from "./compile-pipe.ts";
import { compileRange } from "./compile-range.ts";
import { lastSpot, stop } from "./place.ts";
import { BREAK, CONTINUE, type Execute, GO_ON, type Language, type Run, type Scope } from "./run.ts";

const MAX_DEPTH = 100_000;
const raise = (error: unknown): never => {
  throw error;
};

type Compiled = { readonly slots: number; readonly execute: Execute };
type Library = { readonly scope: Scope; readonly templates: Map<string, Compiled> };

const compileBody = (library: Library, body: readonly Node[]): Execute => {
  const steps = body.map((node) => compileNode(library, node));
  if (steps.length === 1) return steps[0]!;
  return (run, dot) => {
    for (const step of steps) {
      const signal = step(run, dot);
      if (signal !== GO_ON) return signal;
    }
    return GO_ON;
  };
};

const compileBranch = (library: Library, node: BranchNode): Execute => {
  const value = compilePipe(library.scope, node.pipe);
  const body = compileBody(library, node.body);
  const otherwise = compileBody(library, node.otherwise ?? []);
  if (node.kind === "range") return compileRange({ value, body, otherwise, node, ...library.scope });
  if (node.kind === "if") return (run, dot) => (truth(value(run, dot)) ? body : otherwise)(run, dot);
  return (run, dot) => {
    const inner = value(run, dot);
    return truth(inner) ? body(run, inner) : otherwise(run, dot);
  };
};

const compileCall = ({ scope, templates }: Library, node: TemplateNode): Execute => {
  const { tree } = scope;
  const shown = `{{template ${goQuote(node.name)}${node.pipe ? ` ${print(node.pipe)}` : ""}}}`;
  const value = node.pipe ? compilePipe(scope, node.pipe) : () => undefined;
  const halt = stop(tree, { at: node.at, text: shown });
  const tooDeep = (): never => halt(`exceeded maximum template depth (${MAX_DEPTH})`);
  return (run, dot) => {
    const called = templates.get(node.name);
    if (!called) return halt(`template ${goQuote(node.name)} not defined`);
    const given = value(run, dot);
    if (run.depth >= MAX_DEPTH) return tooDeep();
    const { frame } = run;
    run.depth++;
    run.frame = [given];
    try {
      called.execute(run, given);
    } catch (error) {
      return error instanceof RangeError ? tooDeep() : raise(error);
    }
    run.frame = frame;
    run.depth--;
    return GO_ON;
  };
};

const compileNode = (library: Library, node: Node): Execute => {
  switch (node.kind) {
    case "text": {
      const { text } = node;
      return (run) => {
        run.out += text;
        return GO_ON;
      };
    }
    case "action": {
      const { scope } = library;
      const value = compilePipe(scope, node.pipe);
      const silent = node.pipe.variables.length > 0;
      return (run, dot) => {
        const result = value(run, dot);
        if (typeof result === "string" && !silent) run.out += result;
        else if (!silent)
          run.out += isFunc(result)
            ? stop(scope.tree, lastSpot(node.pipe))(`can't print ${print(node.pipe)} of type ${FUNC.name}`)
            : printed(result);
        return GO_ON;
      };
    }
    case "break":
      return () => BREAK;
    case "continue":
      return () => CONTINUE;
    case "template":
      return compileCall(library, node);
    default:
      return compileBranch(library, node);
  }
};

export type Template = (name: string, data: Value) => string;

/** Compiles parsed templates once; what comes back runs one of them, by name, over data. Throws `TemplateError`. */
export const compileTemplates = (trees: ReadonlyMap<string, Tree>, language: Language): Template => {
  const templates = new Map<string, Compiled>();
  for (const tree of trees.values()) {
    const execute = compileBody({ scope: { tree, language }, templates }, tree.body);
    templates.set(tree.name, { slots: tree.slots, execute });
  }
  return (name, data) => {
    const template = templates.get(name);
    if (!template) throw new TemplateError(`template: no template ${goQuote(name)}`);
    const run: Run = { out: "", frame: [data], depth: 0 };
    template.execute(run, data);
    return run.out;
  };
};
