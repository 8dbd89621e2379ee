import type { Token } from "./action-tokens.ts";
import type { Cursor } from "./cursor.ts";
import { UNDEFINED, type VariableNode } from "./nodes.ts";

type Declared = { readonly names: readonly Token[]; readonly assigns: boolean };
/** The variables before `:=` or `=`; a variable that is none of them is taken back. */
export const declared = (cursor: Cursor, context: string): Declared => {
  const names: Token[] = [];
  for (let variable = cursor.peekSolid(); variable.type === "variable"; variable = cursor.peekSolid()) {
    cursor.next();
    const after = cursor.peek();
    const sign = cursor.peekSolid();
    if (sign.type === "assign" || sign.type === "declare") {
      cursor.nextSolid();
      return { names: [...names, variable], assigns: sign.type === "assign" };
    }
    if (sign.text !== "," || sign.type !== "other") {
      cursor.backupTo(...(after.type === "space" ? [after, variable] : [variable]));
      break;
    }
    cursor.nextSolid();
    names.push(variable);
    if (context !== "range" || names.length > 1) cursor.fail(`too many declarations in ${context}`);
    if (!["variable", "close", ")"].includes(cursor.peekSolid().type))
      cursor.fail("range can only initialize variables");
  }
  return { names, assigns: false };
};

/** Declares the names once the pipe is parsed: their value may speak of an outer variable of the same name. */
export const declareAll = (cursor: Cursor, { names, assigns }: Declared): VariableNode[] =>
  names.map(({ at, text: name }) => {
    const held = assigns ? cursor.variable(name) : undefined;
    const slot = held?.slot ?? cursor.declare(name, assigns ? UNDEFINED : undefined);
    return { kind: "variable", at, name, slot, fields: [] };
  });
