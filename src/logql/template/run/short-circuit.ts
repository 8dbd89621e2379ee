import type { Operand } from "../parse/nodes.ts";
import { RAW, truth } from "../value.ts";
import { compileArg } from "./compile-arg.ts";
import type { Scope } from "./compile-field.ts";
import type { Stage } from "./run.ts";

type Call = { readonly name: string; readonly args: readonly Operand[]; readonly hasFinal: boolean };

/** Compiles `and` and `or`, which evaluate no argument past the deciding one; undefined for any other function. */
export const shortCircuit = (scope: Scope, { name, args, hasFinal }: Call): Stage | undefined => {
  if ((name !== "and" && name !== "or") || args.length + Number(hasFinal) === 0) return undefined;
  const values = args.map((arg) => compileArg(scope, arg, RAW));
  const decides = name === "or";
  return (run, dot, final) => {
    let value = final;
    for (const evaluate of values) {
      value = evaluate(run, dot);
      if (truth(value) === decides) return value;
    }
    return hasFinal ? final : value;
  };
};
